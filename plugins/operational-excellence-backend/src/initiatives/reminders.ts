import {
  DAY_MS,
  Instant,
} from 'backstage-plugin-operational-excellence-common';

/**
 * When owners are reminded of an initiative, before the instant at which its last
 * day is over, earliest first. The last one tells them that it is.
 */
export const REMINDERS = [
  { stage: 'in-14-days', before: 15 * DAY_MS },
  { stage: 'in-3-days', before: 4 * DAY_MS },
  { stage: 'over', before: 0 },
] as const;

export type ReminderStage = (typeof REMINDERS)[number]['stage'];

/** When owners are reminded next after an instant; `null`: not any more. */
export function nextReminderAt(endsAt: Instant, after: Instant) {
  const instants = REMINDERS.map(({ before }) => endsAt - before);
  return instants.find(instant => instant > after) ?? null;
}

/** The last of the reminders that an instant has passed. */
export function dueReminder(
  endsAt: Instant,
  now: Instant,
): { stage: ReminderStage; at: Instant } | undefined {
  const due = REMINDERS.filter(({ before }) => endsAt - before <= now).at(-1);
  return due && { stage: due.stage, at: endsAt - due.before };
}
