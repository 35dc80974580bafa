import {
  Instant,
  measureStanding,
  MeasureStanding,
  Service,
  toIsoInstant,
  worstState,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredInstant } from '../database';
import { Freshness, measureFactsOf, StoredStatusRow } from '../status';

/** A status row with the title of the service's owner. */
export interface ServiceRow extends Omit<StoredStatusRow, 'service_id'> {
  service_id: number;
  owner_title: string | null;
}

/** Joins the `owner` of status `st`. */
export const ownerJoinSql =
  'left join related_entities owner on owner.entity_ref = st.owner_ref';

/** What a row is shown with. */
interface ShowOptions {
  now: Instant;
  groups: ReadonlyMap<string, Freshness>;
}

/**
 * A service as the API shows it. Fields are written out one by one: to spread
 * objects here takes longer than to read the row.
 */
export function serviceOfRow(row: ServiceRow, options: ShowOptions): Service {
  const facts = measureFactsOf(
    row,
    group => options.groups.get(group)?.freshUntil ?? null,
  );
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
  { groups }: ShowOptions,
): Service['backlog'] {
  const share = row.backlog_improvement_share_90d;
  return {
    state,
    underlyingState,
    waivedUntil: iso(row.backlog_waived_until),
    problem: row.backlog_problem,
    dueAt: iso(row.backlog_due_at),
    checkedAt: toIsoInstant(checkedAt(row.backlog_scope_group, groups)),
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
  };
}

function gameDayStatus(
  row: ServiceRow,
  { state, underlyingState }: MeasureStanding,
  options: ShowOptions,
): Service['gameDay'] {
  return {
    state,
    underlyingState,
    waivedUntil: iso(row.game_day_waived_until),
    problem: row.game_day_problem,
    dueAt: iso(row.game_day_due_at),
    checkedAt: toIsoInstant(gameDaysCheckedAt(row, options)),
    lastHeldAt: iso(row.game_day_last_held_at),
    last: lastGameDayOf(row),
  };
}

function readinessTestStatus(
  row: ServiceRow,
  { state, underlyingState }: MeasureStanding,
  { now }: ShowOptions,
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

function checkedAt(
  group: string | null,
  groups: ReadonlyMap<string, Freshness>,
): Instant | null {
  return group === null ? null : groups.get(group)?.checkedAt ?? null;
}

/** What is our own is checked whenever it is read. */
function gameDaysCheckedAt(
  row: ServiceRow,
  options: ShowOptions,
): Instant | null {
  const group = row.game_day_all_scope_group ?? row.game_day_scope_group;
  if (group !== null) return checkedAt(group, options.groups);
  return row.game_day_configured ? options.now : null;
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
