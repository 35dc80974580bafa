import { InitiativeGoal } from '../api/initiatives';
import { DAY_MS, Instant } from '../instants';
import { MeasureFacts, measureStanding } from '../status';

/**
 * How a service stands to the goal of an initiative: `waived` and `unknown` have
 * not reached it, and `left` is what remains to be done.
 *
 * @public
 */
export const INITIATIVE_STANDINGS = [
  'reached',
  'waived',
  'unknown',
  'left',
] as const;

/** @public */
export type InitiativeStanding = (typeof INITIATIVE_STANDINGS)[number];

/**
 * What the goal of an initiative needs to know of its measure of a service.
 *
 * @public
 */
export interface InitiativeFacts extends MeasureFacts {
  /**
   * When the newest game day was held, or the newest readiness test performed
   * that counts; `null` of the backlog, and where there was none.
   */
  lastDoneAt: Instant | null;
}

/**
 * How a service stands to the goal of an initiative, by the facts of the measure
 * that the goal speaks of.
 *
 * @public
 */
export function initiativeStanding(
  goal: InitiativeGoal,
  facts: InitiativeFacts,
  options: { now: Instant },
): InitiativeStanding {
  const { state } = measureStanding(facts, options);
  if (goal.kind === 'done-since') {
    if (isDoneSince(goal.since, facts)) return 'reached';
    if (state === 'waived') return 'waived';
    const { completeUntil } = facts;
    // A silent source may hold what was done meanwhile.
    return completeUntil === null || completeUntil < options.now
      ? 'unknown'
      : 'left';
  }
  switch (state) {
    case 'ok':
    case 'due-soon':
      return 'reached';
    case 'waived':
    case 'unknown':
      return state;
    default:
      return 'left';
  }
}

/**
 * Whether a service has reached the goal of an initiative.
 *
 * @public
 */
export function initiativeGoalMet(
  goal: InitiativeGoal,
  facts: InitiativeFacts,
  options: { now: Instant },
): boolean {
  return initiativeStanding(goal, facts, options) === 'reached';
}

/** A test that failed was done, and passed nothing. */
function isDoneSince(day: string, { failing, lastDoneAt }: InitiativeFacts) {
  return lastDoneAt !== null && lastDoneAt >= Date.parse(day) && !failing;
}

/**
 * Where an initiative stands at an instant. It is overdue from the end of the day
 * on until which it is to be reached, by the calendar of UTC.
 *
 * @public
 */
export function initiativeState(
  initiative: { dueOn: string; closedAt: Instant | null },
  now: Instant,
): 'running' | 'overdue' | 'closed' {
  if (initiative.closedAt !== null) return 'closed';
  return now < initiativeEndsAt(initiative.dueOn) ? 'running' : 'overdue';
}

/**
 * The instant from which on an initiative is overdue: the end, by the calendar of
 * UTC, of the last day on which it is reached in time.
 *
 * @public
 */
export function initiativeEndsAt(dueOn: string): Instant {
  return Date.parse(dueOn) + DAY_MS;
}
