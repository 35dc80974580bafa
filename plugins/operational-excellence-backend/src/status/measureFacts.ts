import {
  Instant,
  Measure,
  MeasureFacts,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf } from '../database';
import { ListedService, StoredStatusRow } from './statusRows';

/** The columns that the states of a service follow from. */
type FactColumns = Omit<
  StoredStatusRow,
  | keyof ListedService
  | `${string}_rank`
  | 'settled_until'
  | 'backlog_all_closed_90d'
>;

/**
 * What the states of a service follow from.
 *
 * @param freshUntil - until when a scope group is fresh; `null` where one of its
 * scopes never answered
 */
export function measureFactsOf(
  row: FactColumns,
  freshUntil: (group: string) => Instant | null,
): Record<Measure, MeasureFacts> {
  // Where there is no group, the evidence is our own.
  const ownOrUntil = (group: string | null) =>
    group === null ? Infinity : freshUntil(group);
  const backlogUntil =
    row.backlog_scope_group !== null && Boolean(row.backlog_known)
      ? freshUntil(row.backlog_scope_group)
      : null;
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
      freshUntil: ownOrUntil(row.game_day_scope_group),
      completeUntil: ownOrUntil(row.game_day_all_scope_group),
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
