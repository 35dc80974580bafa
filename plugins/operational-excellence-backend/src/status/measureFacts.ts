import {
  Instant,
  Measure,
  MeasureFacts,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredInstant } from '../database';
import { StoredStatusRow } from './statusRows';

/** A status row with the freshness of its scope groups. */
export type StatusWithFreshness = StoredStatusRow & {
  backlog_fresh_until: StoredInstant | null;
  game_day_fresh_until: StoredInstant | null;
  game_days_fresh_until: StoredInstant | null;
};

/** Until when evidence is trusted that is our own where there is no group. */
function untilOf(group: string | null, freshUntil: StoredInstant | null) {
  return group === null ? Infinity : instantOf(freshUntil);
}

/** What the states of a service follow from. */
export function measureFactsOf(
  row: StatusWithFreshness,
): Record<Measure, MeasureFacts> {
  const backlogUntil: Instant | null = instantOf(row.backlog_fresh_until);
  return {
    backlog: {
      required: Boolean(row.backlog_required),
      configured: Boolean(row.backlog_configured),
      failing: false,
      happened: true,
      dueAt: instantOf(row.backlog_due_at),
      warnAt: instantOf(row.backlog_warn_at),
      freshUntil: backlogUntil,
      completeUntil: backlogUntil,
      waivedUntil: instantOf(row.backlog_waived_until),
    },
    gameDay: {
      required: Boolean(row.game_day_required),
      configured: Boolean(row.game_day_configured),
      failing: false,
      happened: row.game_day_last_held_at !== null,
      dueAt: instantOf(row.game_day_due_at),
      warnAt: instantOf(row.game_day_warn_at),
      freshUntil: untilOf(row.game_day_scope_group, row.game_day_fresh_until),
      completeUntil: untilOf(
        row.game_day_all_scope_group,
        row.game_days_fresh_until,
      ),
      waivedUntil: instantOf(row.game_day_waived_until),
    },
    readinessTest: {
      required: Boolean(row.readiness_required),
      configured: true,
      failing: Boolean(row.readiness_failing),
      happened: Boolean(row.readiness_happened),
      dueAt: instantOf(row.readiness_due_at),
      warnAt: instantOf(row.readiness_warn_at),
      freshUntil: Infinity,
      completeUntil: Infinity,
      waivedUntil: instantOf(row.readiness_waived_until),
    },
  };
}
