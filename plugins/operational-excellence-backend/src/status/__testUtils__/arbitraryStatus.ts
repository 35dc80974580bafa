import { starvesAt } from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { measureFactsOf } from '../measureFacts';
import { settledRanks } from '../settledRanks';
import { ListedService, StatusRow } from '../statusRows';

/** Instants that are close enough to each other to meet now and then. */
export const fewInstants = fc.integer({ min: 0, max: 12 });

const instantOrNull = fc.option(fewInstants, { nil: null });
const textOrNull = fc.option(fc.constantFrom('what', 'why'), { nil: null });
const groupOrNull = (...groups: string[]) =>
  fc.option(fc.constantFrom(...groups), { nil: null });
const few = fc.integer({ min: 0, max: 3 });

/** Until when the groups that status rows refer to are fresh. */
export const arbitraryGroups = fc.record({
  a: instantOrNull,
  b: instantOrNull,
  experiments: instantOrNull,
});

/** What a status row says of the measures. */
export type MeasuredStatus = Omit<
  StatusRow,
  keyof ListedService | `${string}_rank` | 'settled_until'
>;

/** Status rows, whether or not they make sense. */
export const arbitraryStatus: fc.Arbitrary<MeasuredStatus> = fc.record({
  backlog_required: fc.boolean(),
  backlog_configured: fc.boolean(),
  backlog_known: fc.boolean(),
  backlog_problem: textOrNull,
  backlog_scope_group: groupOrNull('a', 'b'),
  backlog_due_at: instantOrNull,
  backlog_warn_at: instantOrNull,
  backlog_waived_until: instantOrNull,
  backlog_open_count: few,
  backlog_oldest_created_at: instantOrNull,
  backlog_median_created_at: instantOrNull,
  backlog_p85_created_at: instantOrNull,
  backlog_oldest_started_at: instantOrNull,
  backlog_opened_30d: few,
  backlog_closed_30d: few,
  backlog_opened_90d: few,
  backlog_closed_90d: few,
  backlog_all_closed_90d: few,
  backlog_last_closed_at: instantOrNull,
  backlog_improvement_share_90d: fc.constantFrom(null, 0, 0.25, 1),
  backlog_valid_until: fc.constant(null),
  game_day_required: fc.boolean(),
  game_day_configured: fc.boolean(),
  game_day_problem: textOrNull,
  game_day_scope_group: groupOrNull('a', 'b'),
  game_day_all_scope_group: groupOrNull('experiments'),
  game_day_due_at: instantOrNull,
  game_day_warn_at: instantOrNull,
  game_day_waived_until: instantOrNull,
  game_day_last_held_at: instantOrNull,
  game_day_last_kind: fc.constantFrom(null, 'experiment', 'tabletop'),
  game_day_last_id: fc.constant('EXP1'),
  game_day_last_title: fc.constant('Power loss'),
  game_day_last_outcome: fc.constant('completed'),
  readiness_required: fc.boolean(),
  readiness_failing: fc.boolean(),
  readiness_happened: fc.boolean(),
  readiness_due_at: instantOrNull,
  readiness_warn_at: instantOrNull,
  readiness_waived_until: instantOrNull,
  readiness_last_performed_at: instantOrNull,
  readiness_verdict: fc.constantFrom(null, 'pass', 'conditional', 'fail'),
  readiness_template: textOrNull,
  readiness_missing_templates: fc.constantFrom('[]', '["a"]'),
});

/** A whole row, with the states as they were found at an instant. */
export function statusRow(
  service: ListedService,
  status: MeasuredStatus,
  options: { now: number },
): StatusRow {
  const facts = measureFactsOf(status, () => Infinity);
  const ranks = settledRanks(facts, {
    ...options,
    starvesAt: starvesAt({
      oldestCreatedAt: status.backlog_oldest_created_at,
      lastClosedAt: status.backlog_last_closed_at,
    }),
  });
  return { ...service, ...status, ...ranks };
}
