import { AnnouncementOf, DigestFacts, DigestGroup } from '../Announcement';
import { scorecardLink } from './links';
import { NotificationText } from './notificationOf';
import { counted, namedSome } from './plainText';

export function digestText({
  facts,
}: AnnouncementOf<'digest'>): NotificationText {
  return {
    title: `Operational excellence this week: ${headline(facts)}`,
    description: sentencesOf(facts).join(' '),
    link: scorecardLink(facts.ownerRef),
  };
}

function headline({ dueSoon, failing, overdue, ...rest }: DigestFacts): string {
  const states = [
    failing.count ? `${failing.count} failing` : '',
    overdue.count ? `${overdue.count} overdue` : '',
    dueSoon.count ? `${dueSoon.count} due soon` : '',
  ].filter(Boolean);
  if (states.length) return states.join(', ');
  if (rest.awaitingEvaluation) {
    return `${counted(rest.awaitingEvaluation, 'improvement')} to evaluate`;
  }
  return rest.findingsWithoutImprovement
    ? `${counted(rest.findingsWithoutImprovement, 'finding')} to act on`
    : `${counted(rest.waiversEnding, 'waiver')} ending soon`;
}

function sentencesOf(facts: DigestFacts): string[] {
  const { awaitingEvaluation, evaluationOverdue } = facts;
  return [
    ...groupSentence('Failing', facts.failing),
    ...groupSentence('Overdue', facts.overdue),
    ...groupSentence('Due soon', facts.dueSoon),
    ...sentence(
      awaitingEvaluation,
      `${counted(awaitingEvaluation, 'improvement')} to evaluate${
        evaluationOverdue ? `, ${evaluationOverdue} of them overdue` : ''
      }`,
    ),
    ...sentence(
      facts.findingsWithoutImprovement,
      `${counted(
        facts.findingsWithoutImprovement,
        'finding',
      )} without an improvement`,
    ),
    ...sentence(
      facts.waiversEnding,
      `${counted(facts.waiversEnding, 'waiver')} ending soon`,
    ),
  ];
}

function sentence(count: number, text: string): string[] {
  return count > 0 ? [`${text}.`] : [];
}

function groupSentence(label: string, { count, titles }: DigestGroup) {
  return sentence(count, `${label}: ${namedSome({ count, titles })}`);
}
