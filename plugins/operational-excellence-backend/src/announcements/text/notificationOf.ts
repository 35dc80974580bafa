import { NotificationPayload } from '@backstage/plugin-notifications-common';
import { Announcement, keyOf } from '../Announcement';
import { AnnouncedService } from '../delivery/readAddressees';
import { digestText } from './digestText';
import { initiativeText } from './initiativeText';
import { measureText } from './measureText';
import { brief, DESCRIPTION_MAX, TITLE_MAX } from './plainText';
import { recordText } from './recordText';

/** What a notification says. */
export interface NotificationText {
  title: string;
  description: string;
  /** A path in the portal. */
  link: string;
}

/** The topics by which people switch off what they do not want to be told. */
const TOPICS: Record<Announcement['kind'], string> = {
  dueSoon: 'due-soon',
  overdue: 'overdue',
  failing: 'failing',
  missedGameDay: 'missed-game-day',
  retestDue: 're-test-due',
  evaluationDue: 'evaluation-due',
  waiverEnding: 'waiver-ending',
  initiativeDue: 'initiative-due',
  digest: 'weekly-digest',
};

/** An announcement as a notification, in plain text. */
export function notificationOf(
  announcement: Announcement,
  services: readonly AnnouncedService[],
): NotificationPayload {
  const { description, link, title } = textOf(announcement, services);
  const { kind } = announcement;
  return {
    title: brief(title, TITLE_MAX),
    description: brief(description, DESCRIPTION_MAX),
    link,
    topic: TOPICS[kind],
    scope: keyOf(announcement),
    severity: kind === 'failing' || kind === 'overdue' ? 'high' : 'normal',
  };
}

function textOf(
  announcement: Announcement,
  services: readonly AnnouncedService[],
): NotificationText {
  switch (announcement.kind) {
    case 'dueSoon':
    case 'overdue':
    case 'failing':
      return measureText(announcement, services);
    case 'initiativeDue':
      return initiativeText(announcement);
    case 'digest':
      return digestText(announcement);
    default:
      return recordText(announcement, services);
  }
}
