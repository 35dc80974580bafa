import {
  ApprovalState,
  Exercise,
  ExerciseKind,
} from 'backstage-plugin-operational-excellence-common';
import ical, {
  ICalCalendarMethod,
  ICalEventData,
  ICalEventStatus,
} from 'ical-generator';
import { cleanLine, cleanText } from '../../improvements/text';

/** An exercise as calendars show it. */
export type CalendarEntry = Pick<
  Exercise,
  'id' | 'version' | 'kind' | 'title' | 'state' | 'approvalState'
> & {
  /** When it was held, else when it is planned for, epoch milliseconds. */
  startsAt: number;
  endsAt: number;
  updatedAt: number;
  facilitator: string | null;
  hypothesis: string | null;
  /** The titles of those of its services that may be shown. */
  services: string[];
};

const KINDS: Record<ExerciseKind, string> = {
  'game-day': 'Game day',
  tabletop: 'Tabletop',
  'pre-mortem': 'Pre-mortem',
};

const APPROVED: ApprovalState[] = ['approved', 'not-required'];

/**
 * Exercises as an iCalendar object (RFC 5545). An exercise keeps its UID; its
 * version is the SEQUENCE, by which calendars know what is newer.
 */
export function writeCalendar(
  entries: readonly CalendarEntry[],
  options: {
    /** Where the portal is opened; without it there are no links. */
    appBaseUrl?: string;
  },
): string {
  const calendar = ical({
    name: 'Game days',
    prodId: { company: 'Backstage', product: 'Operational excellence' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const entry of entries) calendar.createEvent(eventOf(entry, options));
  return calendar.toString();
}

function eventOf(
  entry: CalendarEntry,
  { appBaseUrl }: { appBaseUrl?: string },
): ICalEventData {
  const updatedAt = new Date(entry.updatedAt);
  return {
    id: `${entry.id}@operational-excellence`,
    sequence: entry.version,
    status: statusOf(entry),
    start: new Date(entry.startsAt),
    // An event that ends as it begins has no end.
    ...(entry.endsAt > entry.startsAt && { end: new Date(entry.endsAt) }),
    summary: cleanLine(`${KINDS[entry.kind]}: ${entry.title}`),
    description: descriptionOf(entry),
    stamp: updatedAt,
    lastModified: updatedAt,
    ...(appBaseUrl !== undefined && {
      url: `${appBaseUrl.replace(
        /\/+$/,
        '',
      )}/operational-excellence/game-days/${encodeURIComponent(entry.id)}`,
    }),
  };
}

function descriptionOf(entry: CalendarEntry): string {
  const lines = [
    ['Services', entry.services.join(', ')],
    ['Facilitator', entry.facilitator],
    ['Hypothesis', entry.hypothesis],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return cleanText(lines.join('\n'));
}

function statusOf({ approvalState, state }: CalendarEntry): ICalEventStatus {
  if (state === 'cancelled') return ICalEventStatus.CANCELLED;
  return state === 'planned' && !APPROVED.includes(approvalState)
    ? ICalEventStatus.TENTATIVE
    : ICalEventStatus.CONFIRMED;
}
