import {
  Backlog,
  Instant,
  measureStanding,
  MeasureFacts,
  Service,
  toIsoInstant,
  worstState,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredInstant } from '../database';
import { measureFactsOf, stateJoinsSql, StatusWithFreshness } from '../status';

/** A service with its status, as `serviceColumnsSql` selects it. */
export interface ServiceRow extends StatusWithFreshness {
  id: number;
  entity_ref: string;
  title: string;
  owner_ref: string | null;
  owner_title: string | null;
  system_ref: string | null;
  domain_ref: string | null;
  type: string | null;
  lifecycle: string | null;
  tier: string | null;
  policy_id: string | null;
  backlog_checked_at: StoredInstant | null;
  game_day_checked_at: StoredInstant | null;
  game_days_checked_at: StoredInstant | null;
}

export const serviceColumnsSql = `
  s.id, s.entity_ref, s.title, s.owner_ref, s.system_ref, s.domain_ref,
  s.type, s.lifecycle, s.tier, s.policy_id, owner.title as owner_title, st.*,
  backlog_group.checked_at as backlog_checked_at,
  backlog_group.fresh_until as backlog_fresh_until,
  game_day_group.checked_at as game_day_checked_at,
  game_day_group.fresh_until as game_day_fresh_until,
  game_days_group.checked_at as game_days_checked_at,
  game_days_group.fresh_until as game_days_fresh_until`;

/** What joins to service `s`: its status `st`, `owner` and scope groups. */
export const serviceJoinsSql = `
  join service_status st on st.service_id = s.id
  left join related_entities owner on owner.entity_ref = s.owner_ref
  ${stateJoinsSql}`;

/**
 * A service as the API shows it.
 *
 * @param backlog - figures newer than those of the row, where time has changed
 * them since it was written
 */
export function serviceOfRow(
  row: ServiceRow,
  options: { now: Instant; backlog?: Backlog },
): Service {
  const { backlog, now } = options;
  const facts = measureFactsOf(row);
  const standings = {
    backlog: measureStanding(facts.backlog, options),
    gameDay: measureStanding(facts.gameDay, options),
    readinessTest: measureStanding(facts.readinessTest, options),
  };
  const due = ({ dueAt, waivedUntil }: MeasureFacts) => ({
    dueAt: toIsoInstant(dueAt),
    waivedUntil: toIsoInstant(waivedUntil),
  });

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
    state: worstState(Object.values(standings).map(({ state }) => state)),
    backlog: {
      ...standings.backlog,
      ...due(facts.backlog),
      problem: row.backlog_problem,
      checkedAt: iso(row.backlog_checked_at),
      openCount: Number(row.backlog_open_count),
      oldestCreatedAt: iso(row.backlog_oldest_created_at),
      medianCreatedAt: iso(row.backlog_median_created_at),
      p85CreatedAt: iso(row.backlog_p85_created_at),
      oldestStartedAt: iso(row.backlog_oldest_started_at),
      ...(backlog ? windowsOf(backlog) : storedWindowsOf(row)),
    },
    gameDay: {
      ...standings.gameDay,
      ...due(facts.gameDay),
      problem: row.game_day_problem,
      checkedAt: toIsoInstant(gameDaysCheckedAt(row, now)),
      lastHeldAt: iso(row.game_day_last_held_at),
      last: lastGameDayOf(row),
    },
    readinessTest: {
      ...standings.readinessTest,
      ...due(facts.readinessTest),
      problem: null,
      checkedAt: toIsoInstant(now),
      lastPerformedAt: iso(row.readiness_last_performed_at),
      verdict: row.readiness_verdict,
      template: row.readiness_template,
      missingTemplates: JSON.parse(row.readiness_missing_templates),
    },
  };
}

function iso(stored: StoredInstant | null) {
  return toIsoInstant(instantOf(stored));
}

function windowsOf(backlog: Backlog) {
  const { closed30d, closed90d, opened30d, opened90d } = backlog;
  const { improvementShare90d } = backlog;
  return { opened30d, closed30d, opened90d, closed90d, improvementShare90d };
}

function storedWindowsOf(row: ServiceRow) {
  const share = row.backlog_improvement_share_90d;
  return {
    opened30d: Number(row.backlog_opened_30d),
    closed30d: Number(row.backlog_closed_30d),
    opened90d: Number(row.backlog_opened_90d),
    closed90d: Number(row.backlog_closed_90d),
    improvementShare90d: share === null ? null : Number(share),
  };
}

/** What is our own is checked whenever it is read. */
function gameDaysCheckedAt(row: ServiceRow, now: Instant): Instant | null {
  if (row.game_day_all_scope_group !== null) {
    return instantOf(row.game_days_checked_at);
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
