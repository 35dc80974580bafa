import type { Exercise } from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';

/** When an exercise began and ended, or is to. */
export function spanOf(
  exercise: Pick<
    Exercise,
    'startedAt' | 'endedAt' | 'plannedStart' | 'plannedEnd' | 'state'
  >,
): { start: string; end: string | null } {
  const { endedAt, plannedEnd, plannedStart, startedAt, state } = exercise;
  if (startedAt === null) return { start: plannedStart, end: plannedEnd };
  // Nobody knows yet when what runs will end.
  return { start: startedAt, end: state === 'running' ? null : endedAt };
}

/** A span of time in the reader's time zone, its day only once where it is one. */
export function formatSpan(start: string, end: string | null): string {
  const from = DateTime.fromISO(start);
  const text = from.toLocaleString({
    ...DateTime.DATETIME_MED_WITH_WEEKDAY,
  });
  if (end === null) return text;
  const to = DateTime.fromISO(end);
  return `${text} – ${to.toLocaleString(
    from.hasSame(to, 'day')
      ? DateTime.TIME_SIMPLE
      : DateTime.DATETIME_MED_WITH_WEEKDAY,
  )}`;
}

/** The reader's time zone, such as Europe/Berlin (GMT+1). */
export function timeZoneName(instant: string): string {
  const local = DateTime.fromISO(instant);
  const zone = local.isValid ? local : DateTime.now();
  return zone.zoneName === zone.offsetNameShort
    ? `${zone.zoneName}`
    : `${zone.zoneName} (${zone.offsetNameShort})`;
}
