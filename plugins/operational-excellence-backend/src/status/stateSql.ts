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
 * Joins what the states follow from, beside the status row `st`: the backlog's
 * scope group, that of the last game day, and that of all game days.
 */
export const stateJoinsSql = `
  left join scope_groups backlog_group
    on backlog_group.id = st.backlog_scope_group
  left join scope_groups game_day_group
    on game_day_group.id = st.game_day_scope_group
  left join scope_groups game_days_group
    on game_days_group.id = st.game_day_all_scope_group`;

const rank = (state: MeasureState) => MEASURE_STATES.indexOf(state);

const isPast = (until: string) => `(${until} is null or ${until} < ?)`;

/** `measureStanding` of the common package in SQL; `?` is always now. */
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

const ownOr = (group: string, condition: string) =>
  `(${group} is not null and ${condition})`;

const RANKS: Record<Measure, string> = {
  backlog: rankSql({
    required: 'st.backlog_required',
    waivedUntil: 'st.backlog_waived_until',
    configured: 'st.backlog_configured',
    stale: isPast('backlog_group.fresh_until'),
    dueAt: 'st.backlog_due_at',
    warnAt: 'st.backlog_warn_at',
  }),
  gameDay: rankSql({
    required: 'st.game_day_required',
    waivedUntil: 'st.game_day_waived_until',
    configured: 'st.game_day_configured',
    stale: ownOr(
      'st.game_day_scope_group',
      isPast('game_day_group.fresh_until'),
    ),
    dueAt: 'st.game_day_due_at',
    happened: '(st.game_day_last_held_at is not null)',
    warnAt: 'st.game_day_warn_at',
    incomplete: ownOr(
      'st.game_day_all_scope_group',
      isPast('game_days_group.fresh_until'),
    ),
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

/** The rank of a measure's state in `MEASURE_STATES`: 0 is the worst one. */
export function measureRankSql(
  measure: Measure,
  options: { now: Instant },
): SqlPart {
  return bindNow(RANKS[measure], options.now);
}

/** The rank of a service's state, which is that of its worst measure. */
export function serviceRankSql(db: Knex, options: { now: Instant }): SqlPart {
  const least = isPostgres(db) ? 'least' : 'min';
  const ranks = MEASURES.map(measure => RANKS[measure]).join(', ');
  return bindNow(`${least}(${ranks})`, options.now);
}

function bindNow(sql: string, now: Instant): SqlPart {
  return { sql, bindings: Array(sql.split('?').length - 1).fill(now) };
}
