import {
  Instant,
  Measure,
  MEASURE_STATES,
  MEASURES,
  MeasureState,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { isPostgres, SqlPart } from '../database';

/**
 * The groups that are no longer fresh, which the ranks look at: few or none, as
 * a rule. To be named in front of a statement that selects a rank.
 */
export function staleGroupsSql(options: { now: Instant }): SqlPart {
  return {
    sql: `stale_groups as materialized (
      select id from scope_groups where fresh_until is null or fresh_until < ?)`,
    bindings: [options.now],
  };
}

const rank = (state: MeasureState) => MEASURE_STATES.indexOf(state);

const isStale = (group: string) => `${group} in (select id from stale_groups)`;

/**
 * `measureStanding` of the common package in SQL, over status row `st`; `?` is
 * always now. Groups that are looked up must exist, for one that does not would
 * pass for fresh.
 */
function rankSql(facts: {
  required: string;
  waivedUntil: string;
  failing?: string;
  configured?: string;
  /** Whether it is no longer certain; never, where left out. */
  stale?: string;
  dueAt: string;
  happened?: string;
  warnAt: string;
  /** Whether only `ok` is still certain; never, where left out. */
  incomplete?: string;
}) {
  const when = (condition: string | undefined, state: MeasureState) =>
    condition ? `when ${condition} then ${rank(state)}` : '';
  const unlessIncomplete = (condition: string, state: MeasureState) => {
    const { incomplete } = facts;
    return incomplete
      ? `when ${condition} then case when ${incomplete}
           then ${rank('unknown')} else ${rank(state)} end`
      : when(condition, state);
  };
  return `case
    when not ${facts.required} then ${rank('not-required')}
    when ${facts.waivedUntil} > ? then ${rank('waived')}
    ${when(facts.failing, 'failing')}
    ${when(facts.configured && `not ${facts.configured}`, 'not-configured')}
    ${when(facts.stale, 'unknown')}
    ${unlessIncomplete(`${facts.dueAt} < ?`, 'overdue')}
    ${facts.happened ? unlessIncomplete(`not ${facts.happened}`, 'never') : ''}
    ${unlessIncomplete(`${facts.warnAt} <= ?`, 'due-soon')}
    else ${rank('ok')} end`;
}

const RANKS: Record<Measure, string> = {
  backlog: rankSql({
    required: 'st.backlog_required',
    waivedUntil: 'st.backlog_waived_until',
    configured: 'st.backlog_configured',
    stale: `(st.backlog_scope_group is null
      or ${isStale('st.backlog_scope_group')})`,
    dueAt: 'st.backlog_due_at',
    warnAt: 'st.backlog_warn_at',
  }),
  gameDay: rankSql({
    required: 'st.game_day_required',
    waivedUntil: 'st.game_day_waived_until',
    configured: 'st.game_day_configured',
    stale: isStale('st.game_day_scope_group'),
    dueAt: 'st.game_day_due_at',
    happened: '(st.game_day_last_held_at is not null)',
    warnAt: 'st.game_day_warn_at',
    incomplete: isStale('st.game_day_all_scope_group'),
  }),
  readinessTest: rankSql({
    required: 'st.readiness_required',
    waivedUntil: 'st.readiness_waived_until',
    failing: 'st.readiness_failing',
    dueAt: 'st.readiness_due_at',
    happened: 'st.readiness_happened',
    warnAt: 'st.readiness_warn_at',
  }),
};

/**
 * The rank of a measure's state in `MEASURE_STATES`: 0 is the worst one. Needs
 * {@link staleGroupsSql}.
 */
export function measureRankSql(
  measure: Measure,
  options: { now: Instant },
): SqlPart {
  return bindNow(RANKS[measure], options.now);
}

/**
 * The rank of a service's state, which is that of its worst measure. Needs
 * {@link staleGroupsSql}.
 */
export function serviceRankSql(db: Knex, options: { now: Instant }): SqlPart {
  const least = isPostgres(db) ? 'least' : 'min';
  const ranks = MEASURES.map(measure => RANKS[measure]).join(', ');
  return bindNow(`${least}(${ranks})`, options.now);
}

function bindNow(sql: string, now: Instant): SqlPart {
  return { sql, bindings: Array(sql.split('?').length - 1).fill(now) };
}
