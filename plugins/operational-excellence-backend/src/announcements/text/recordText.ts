import { Measure } from 'backstage-plugin-operational-excellence-common';
import { Announcement, AnnouncementOf } from '../Announcement';
import { AnnouncedService } from '../delivery/readAddressees';
import { recordLink } from './links';
import { NotificationText } from './notificationOf';
import { dayOf, named } from './plainText';

type RecordAnnouncement = Exclude<
  Announcement,
  AnnouncementOf<'dueSoon' | 'overdue' | 'failing' | 'digest' | 'initiativeDue'>
>;

const EXERCISES = new Map([
  ['game-day', 'game day'],
  ['tabletop', 'tabletop'],
  ['pre-mortem', 'pre-mortem'],
]);

const MEASURES: Record<Measure, string> = {
  backlog: 'improvement backlog',
  gameDay: 'game day',
  readinessTest: 'readiness test',
};

export function recordText(
  announcement: RecordAnnouncement,
  services: readonly AnnouncedService[],
): NotificationText {
  const names = services.map(({ title }) => named(title)).join(', ');
  const { description, title } = wordsOf(announcement);
  return {
    title: `${names}: ${title}`,
    description,
    link: recordLink(
      services,
      announcement.kind === 'missedGameDay' ? 'game-days' : 'scorecard',
    ),
  };
}

function wordsOf(announcement: RecordAnnouncement) {
  const day = dayOf(announcement.dueAt);
  switch (announcement.kind) {
    case 'missedGameDay': {
      const { exerciseKind, title } = announcement.facts;
      const kind = EXERCISES.get(exerciseKind) ?? 'game day';
      return {
        title: `the ${kind} "${named(title)}" was not held`,
        description: `It was planned to be over on ${day}. Record that it was held, plan it anew, or cancel it.`,
      };
    }
    case 'retestDue':
      return {
        title: 'a finding was not tested again',
        description: `"${named(
          announcement.facts.text,
        )}" was to be tested again by ${day}.`,
      };
    case 'evaluationDue':
      return evaluationWords(announcement, day);
    default: {
      const { isOver, measure, reason } = announcement.facts;
      return {
        title: `the waiver of the ${MEASURES[measure]} ${
          isOver ? 'ended' : 'ends soon'
        }`,
        description: `${
          isOver
            ? `It ended on ${day}; from then on, the policy applies again.`
            : `It ends on ${day}; from then on, the policy applies again.`
        } It was granted because: ${named(reason)}`,
      };
    }
  }
}

function evaluationWords(
  { facts: { isOver, title } }: AnnouncementOf<'evaluationDue'>,
  day: string,
) {
  return isOver
    ? {
        title: 'the evaluation of an improvement is overdue',
        description: `"${named(
          title,
        )}" is done. Whether it reached its goal was to be judged by ${day}.`,
      }
    : {
        title: 'an improvement waits to be evaluated',
        description: `"${named(
          title,
        )}" is done. Judge by ${day} whether it reached its goal.`,
      };
}
