import {
  Instant,
  Measure,
  MEASURE_STATES,
  MEASURES,
  MeasureState,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { idSet, isPostgres, sql, SqlPart } from '../database';

/**
 * The services whose ranks no longer hold as they are stored, because time has
 * passed an instant that they turn on, or one of their sources went silent.
 */
export type Unsettled = readonly number[] | 'many';

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
function exactRank(facts: {
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
  backlog: exactRank({
    required: 'st.backlog_required',
    waivedUntil: 'st.backlog_waived_until',
    configured: 'st.backlog_configured',
    stale: `(not st.backlog_known or st.backlog_scope_group is null
      or ${isStale('st.backlog_scope_group')})`,
    dueAt: 'st.backlog_due_at',
    warnAt: 'st.backlog_warn_at',
  }),
  gameDay: exactRank({
    required: 'st.game_day_required',
    waivedUntil: 'st.game_day_waived_until',
    configured: 'st.game_day_configured',
    stale: isStale('st.game_day_scope_group'),
    dueAt: 'st.game_day_due_at',
    happened: '(st.game_day_last_held_at is not null)',
    warnAt: 'st.game_day_warn_at',
    incomplete: isStale('st.game_day_all_scope_group'),
  }),
  readinessTest: exactRank({
    required: 'st.readiness_required',
    waivedUntil: 'st.readiness_waived_until',
    failing: 'st.readiness_failing',
    dueAt: 'st.readiness_due_at',
    happened: 'st.readiness_happened',
    warnAt: 'st.readiness_warn_at',
  }),
};

const SETTLED_RANKS: Record<Measure | 'service', string> = {
  service: 'st.state_rank',
  backlog: 'st.backlog_rank',
  gameDay: 'st.game_day_rank',
  readinessTest: 'st.readiness_rank',
};

/**
 * The rank in `MEASURE_STATES` of the state of a measure or of a service, which
 * is that of its worst measure; 0 is the worst. Needs {@link staleGroupsSql},
 * unless none is unsettled.
 *
 * @param unsettled - the services whose ranks no longer hold as they are stored
 */
export function rankSql(
  db: Knex,
  of: Measure | 'service',
  options: { now: Instant; unsettled: Unsettled },
): SqlPart {
  const settled = sql`${SETTLED_RANKS[of]}`;
  const { now, unsettled } = options;
  if (unsettled === 'many') return exactRankSql(db, of, { now });
  if (!unsettled.length) return settled;
  const set = idSet(db, unsettled);
  const isUnsettled: SqlPart = {
    sql: set.includes('st.service_id'),
    bindings: [set.binding],
  };
  return sql`case when ${isUnsettled} then ${exactRankSql(db, of, { now })}
    else ${settled} end`;
}

/** A rank by the rules, whatever is stored. Needs {@link staleGroupsSql}. */
function exactRankSql(
  db: Knex,
  of: Measure | 'service',
  options: { now: Instant },
): SqlPart {
  return of === 'service'
    ? serviceRankSql(db, options)
    : bindNow(RANKS[of], options.now);
}

function serviceRankSql(db: Knex, options: { now: Instant }): SqlPart {
  const least = isPostgres(db) ? 'least' : 'min';
  const ranks = MEASURES.map(measure => RANKS[measure]).join(', ');
  return bindNow(`${least}(${ranks})`, options.now);
}

function bindNow(text: string, now: Instant): SqlPart {
  return {
    sql: text,
    bindings: Array(text.split('?').length - 1).fill(now),
  };
}
