import {
  Instant,
  measureStanding,
  MeasureStanding,
  Policy,
  Service,
  starvedSince,
  toIsoInstant,
  worstState,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredInstant } from '../database';
import {
  EXPERIMENTS_GROUP,
  measureFactsOf,
  statusColumns,
  StoredStatusRow,
} from '../status';

/** What of a status row serves to find services only. */
const NOT_SHOWN = [
  'search_text',
  'state_rank',
  'backlog_rank',
  'game_day_rank',
  'readiness_rank',
  'settled_until',
  // Only sums of them are shown.
  'backlog_all_closed_90d',
] as const;

/** A status row with what `shownColumnsSql` adds. */
export interface ServiceRow
  extends Omit<StoredStatusRow, 'service_id' | (typeof NOT_SHOWN)[number]> {
  service_id: number;
  owner_title: string | null;
  backlog_checked_at: StoredInstant | null;
  backlog_fresh_until: StoredInstant | null;
  game_day_checked_at: StoredInstant | null;
  game_day_fresh_until: StoredInstant | null;
  experiments_checked_at: StoredInstant | null;
  experiments_fresh_until: StoredInstant | null;
}

const statusColumnsSql = Object.keys(statusColumns)
  .filter(name => !NOT_SHOWN.some(other => other === name))
  .map(name => `st.${name}`)
  .join(', ');

const ofExperiments = (column: string) =>
  `(select ${column} from scope_groups where id = '${EXPERIMENTS_GROUP}')`;

/** What is shown of status `st`, with what `shownJoinsSql` joins. */
export const shownColumnsSql = `${statusColumnsSql}, owner.title as owner_title,
  backlog_group.checked_at as backlog_checked_at,
  backlog_group.fresh_until as backlog_fresh_until,
  game_day_group.checked_at as game_day_checked_at,
  game_day_group.fresh_until as game_day_fresh_until,
  ${ofExperiments('checked_at')} as experiments_checked_at,
  ${ofExperiments('fresh_until')} as experiments_fresh_until`;

/** Joins the `owner` of status `st`. */
export const ownerJoinSql =
  'left join related_entities owner on owner.entity_ref = st.owner_ref';

export const shownJoinsSql = `${ownerJoinSql}
  left join scope_groups backlog_group
    on backlog_group.id = st.backlog_scope_group
  left join scope_groups game_day_group
    on game_day_group.id = st.game_day_scope_group`;

export interface ShownOptions {
  now: Instant;
  policies: ReadonlyMap<string, Policy>;
}

/**
 * A service as the API shows it. Fields are written out one by one: to spread
 * objects here takes longer than to read the row.
 */
export function serviceOfRow(row: ServiceRow, options: ShownOptions): Service {
  const facts = measureFactsOf(row, freshnessOf(row));
  const backlog = measureStanding(facts.backlog, options);
  const gameDay = measureStanding(facts.gameDay, options);
  const readinessTest = measureStanding(facts.readinessTest, options);
  return {
    entityRef: row.entity_ref,
    title: row.title,
    ownerRef: row.owner_ref,
    ownerTitle: row.owner_title,
    systemRef: row.system_ref,
    domainRef: row.domain_ref,
    type: row.type,
    lifecycle: row.lifecycle,
    tier: row.tier,
    policy: row.policy_id,
    state: worstState([backlog.state, gameDay.state, readinessTest.state]),
    backlog: backlogStatus(row, backlog, options),
    gameDay: gameDayStatus(row, gameDay, options),
    readinessTest: readinessTestStatus(row, readinessTest, options),
  };
}

function backlogStatus(
  row: ServiceRow,
  { state, underlyingState }: MeasureStanding,
  options: ShownOptions,
): Service['backlog'] {
  const share = row.backlog_improvement_share_90d;
  const policy = options.policies.get(row.policy_id ?? '');
  const starved = starvedSince(
    {
      oldestCreatedAt: instantOf(row.backlog_oldest_created_at),
      lastClosedAt: instantOf(row.backlog_last_closed_at),
    },
    options,
  );
  return {
    state,
    underlyingState,
    waivedUntil: iso(row.backlog_waived_until),
    problem: row.backlog_problem,
    dueAt: iso(row.backlog_due_at),
    // Of what was not read yet, the other containers of a scope tell nothing.
    checkedAt: row.backlog_known ? iso(row.backlog_checked_at) : null,
    openCount: Number(row.backlog_open_count),
    oldestCreatedAt: iso(row.backlog_oldest_created_at),
    medianCreatedAt: iso(row.backlog_median_created_at),
    p85CreatedAt: iso(row.backlog_p85_created_at),
    oldestStartedAt: iso(row.backlog_oldest_started_at),
    opened30d: Number(row.backlog_opened_30d),
    closed30d: Number(row.backlog_closed_30d),
    opened90d: Number(row.backlog_opened_90d),
    closed90d: Number(row.backlog_closed_90d),
    improvementShare90d: share === null ? null : Number(share),
    policyShare: policy?.backlog?.improvementShare ?? null,
    starvedSince: toIsoInstant(starved),
  };
}

function gameDayStatus(
  row: ServiceRow,
  { state, underlyingState }: MeasureStanding,
  { now }: { now: Instant },
): Service['gameDay'] {
  return {
    state,
    underlyingState,
    waivedUntil: iso(row.game_day_waived_until),
    problem: row.game_day_problem,
    dueAt: iso(row.game_day_due_at),
    checkedAt: toIsoInstant(gameDaysCheckedAt(row, now)),
    lastHeldAt: iso(row.game_day_last_held_at),
    last: lastGameDayOf(row),
  };
}

function readinessTestStatus(
  row: ServiceRow,
  { state, underlyingState }: MeasureStanding,
  { now }: { now: Instant },
): Service['readinessTest'] {
  return {
    state,
    underlyingState,
    waivedUntil: iso(row.readiness_waived_until),
    problem: null,
    dueAt: iso(row.readiness_due_at),
    checkedAt: toIsoInstant(now),
    lastPerformedAt: iso(row.readiness_last_performed_at),
    verdict: row.readiness_verdict,
    template: row.readiness_template,
    missingTemplates: JSON.parse(row.readiness_missing_templates),
  };
}

function iso(stored: StoredInstant | null) {
  return toIsoInstant(instantOf(stored));
}

function freshnessOf(row: ServiceRow) {
  return (group: string): Instant | null => {
    switch (group) {
      case row.game_day_all_scope_group:
        return instantOf(row.experiments_fresh_until);
      case row.backlog_scope_group:
        return instantOf(row.backlog_fresh_until);
      default:
        return instantOf(row.game_day_fresh_until);
    }
  };
}

/** What is our own is checked whenever it is read. */
function gameDaysCheckedAt(row: ServiceRow, now: Instant): Instant | null {
  if (row.game_day_all_scope_group !== null) {
    return instantOf(row.experiments_checked_at);
  }
  if (row.game_day_scope_group !== null) {
    return instantOf(row.game_day_checked_at);
  }
  return row.game_day_configured ? now : null;
}

function lastGameDayOf(row: ServiceRow): Service['gameDay']['last'] {
  const {
    game_day_last_kind: kind,
    game_day_last_id: id,
    game_day_last_title: title,
    game_day_last_outcome: outcome,
  } = row;
  return kind === null || id === null || title === null || outcome === null
    ? null
    : { kind, id, title, outcome };
}
