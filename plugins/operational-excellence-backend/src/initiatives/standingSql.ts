import {
  InitiativeGoal,
  Instant,
  Measure,
  MEASURE_STATES,
  MeasureState,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { bound, sql, SqlPart } from '../database';
import { rankSql, Unsettled } from '../status';

const rank = (state: MeasureState) => String(MEASURE_STATES.indexOf(state));

/** What a goal that speaks of a day looks at. */
const DONE: Record<
  Exclude<Measure, 'backlog'>,
  {
    at: string;
    required: string;
    waivedUntil: string;
    failing?: string;
    /** Of all that could hold something newer. */
    scopeGroup?: string;
  }
> = {
  gameDay: {
    at: 'st.game_day_last_held_at',
    required: 'st.game_day_required',
    waivedUntil: 'st.game_day_waived_until',
    scopeGroup: 'st.game_day_all_scope_group',
  },
  readinessTest: {
    at: 'st.readiness_last_performed_at',
    required: 'st.readiness_required',
    waivedUntil: 'st.readiness_waived_until',
    failing: 'st.readiness_failing',
  },
};

/**
 * `initiativeStanding` of common in SQL, over status row `st`. Needs
 * `staleGroupsSql`, unless none is unsettled.
 *
 * @param options - `unsettled`: the services whose ranks no longer hold as they
 * are stored
 */
export function standingSql(
  db: Knex,
  goal: InitiativeGoal,
  options: { now: Instant; unsettled: Unsettled },
): SqlPart {
  return goal.kind === 'in-order'
    ? inOrderSql(rankSql(db, goal.measure, options))
    : doneSinceSql(goal, options);
}

function inOrderSql(rankOfMeasure: SqlPart): SqlPart {
  return sql`case ${rankOfMeasure}
    when ${rank('ok')} then 'reached'
    when ${rank('due-soon')} then 'reached'
    when ${rank('waived')} then 'waived'
    when ${rank('unknown')} then 'unknown'
    else 'left' end`;
}

function doneSinceSql(
  goal: Extract<InitiativeGoal, { kind: 'done-since' }>,
  options: { now: Instant },
): SqlPart {
  const { at, failing, required, scopeGroup, waivedUntil } = DONE[goal.measure];
  const now = bound(options.now);
  const unlessFailing = failing ? `and not ${failing}` : '';
  // Whatever else is settled, a silent source may hold something newer.
  const orUnknown = scopeGroup
    ? sql`when ${scopeGroup} in (select id from scope_groups
        where fresh_until is null or fresh_until < ${now}) then 'unknown'`
    : '';
  return sql`case
    when ${at} >= ${bound(Date.parse(goal.since))} ${unlessFailing}
      then 'reached'
    when ${required} and ${waivedUntil} > ${now} then 'waived'
    ${orUnknown}
    else 'left' end`;
}
