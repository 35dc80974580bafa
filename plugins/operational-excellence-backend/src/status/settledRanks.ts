import {
  Instant,
  Measure,
  MEASURE_STATES,
  MeasureFacts,
  measureStanding,
} from 'backstage-plugin-operational-excellence-common';
import { StatusRow } from './statusRows';

type Ranks = Pick<
  StatusRow,
  | 'state_rank'
  | 'backlog_rank'
  | 'game_day_rank'
  | 'readiness_rank'
  | 'settled_until'
>;

/**
 * The states of a service as ranks in `MEASURE_STATES`, and until when they hold
 * if sources stay fresh: a list looks them up instead of working them out. They
 * no longer hold either when its improvements begin to be starved, which is
 * counted with them.
 */
export function settledRanks(
  facts: Record<Measure, MeasureFacts>,
  options: { now: Instant; starvesAt: Instant | null },
): Ranks {
  const rankOf = (measure: MeasureFacts) =>
    MEASURE_STATES.indexOf(measureStanding(measure, options).state);
  const backlog = rankOf(facts.backlog);
  const gameDay = rankOf(facts.gameDay);
  const readinessTest = rankOf(facts.readinessTest);
  return {
    backlog_rank: backlog,
    game_day_rank: gameDay,
    readiness_rank: readinessTest,
    state_rank: Math.min(backlog, gameDay, readinessTest),
    settled_until: nextChange(Object.values(facts), options),
  };
}

/** When time next changes what a state follows from. */
function nextChange(
  measures: MeasureFacts[],
  { now, starvesAt }: { now: Instant; starvesAt: Instant | null },
): Instant | null {
  let next = starvesAt !== null && starvesAt > now ? starvesAt : Infinity;
  for (const { dueAt, required, waivedUntil, warnAt } of measures) {
    if (!required) continue;
    // What is due at an instant is overdue after it.
    const overdueAt = dueAt === null ? null : dueAt + 1;
    for (const change of [overdueAt, warnAt, waivedUntil]) {
      if (change !== null && change > now && change < next) next = change;
    }
  }
  return next === Infinity ? null : next;
}
