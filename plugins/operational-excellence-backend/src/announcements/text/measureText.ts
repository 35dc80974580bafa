import { Measure } from 'backstage-plugin-operational-excellence-common';
import { AnnouncementOf } from '../Announcement';
import { AnnouncedService } from '../delivery/readAddressees';
import { recordLink } from './links';
import { NotificationText } from './notificationOf';
import { dayOf, named } from './plainText';

type MeasureAnnouncement = AnnouncementOf<'dueSoon' | 'overdue' | 'failing'>;

interface Words {
  title: string;
  description: string;
}

const DUE_SOON: Record<Measure, (day: string) => Words> = {
  backlog: day => ({
    title: 'the oldest improvement is due soon',
    description: `It has waited for almost as long as the policy allows, until ${day}.`,
  }),
  gameDay: day => ({
    title: 'a game day is due soon',
    description: `Failure was last rehearsed a while ago. Hold a game day by ${day}.`,
  }),
  readinessTest: day => ({
    title: 'a readiness test is due soon',
    description: `A result is good until ${day}. Run the test again before that.`,
  }),
};

const OVERDUE: Record<Measure, (day: string) => Words> = {
  backlog: day => ({
    title: 'the oldest improvement is overdue',
    description: `It was due on ${day}: an improvement has waited for longer than the policy allows.`,
  }),
  gameDay: day => ({
    title: 'a game day is overdue',
    description: `It was due on ${day}. Plan the next one.`,
  }),
  readinessTest: day => ({
    title: 'a readiness test is overdue',
    description: `A result was good until ${day}. Run the test again.`,
  }),
};

export function measureText(
  announcement: MeasureAnnouncement,
  services: readonly AnnouncedService[],
): NotificationText {
  const { description, title } = wordsOf(announcement);
  const names = services.map(service => named(service.title)).join(', ');
  return {
    title: `${names}: ${title}`,
    description,
    link: recordLink(services, 'scorecard'),
  };
}

function wordsOf(announcement: MeasureAnnouncement): Words {
  const day = dayOf(announcement.dueAt);
  switch (announcement.kind) {
    case 'dueSoon':
      return DUE_SOON[announcement.facts.measure](day);
    case 'overdue':
      return OVERDUE[announcement.facts.measure](day);
    default: {
      const { template } = announcement.facts;
      return {
        title: 'the readiness test fails',
        description: `The test${
          template === null ? '' : ` of ${named(template)}`
        } on ${day} failed. Mend what it found, and run it again.`,
      };
    }
  }
}
