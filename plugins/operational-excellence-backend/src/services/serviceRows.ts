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
import { Freshness, measureFactsOf, StoredStatusRow } from '../status';

/** A service with its status, as `serviceColumnsSql` selects them. */
export interface ServiceRow extends StoredStatusRow {
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
}

/** The columns of service `s`, its status `st` and its `owner`. */
export const serviceColumnsSql = `
  s.id, s.entity_ref, s.title, s.owner_ref, s.system_ref, s.domain_ref,
  s.type, s.lifecycle, s.tier, s.policy_id, owner.title as owner_title, st.*`;

export const ownerJoinSql =
  'left join related_entities owner on owner.entity_ref = s.owner_ref';

/**
 * A service as the API shows it.
 *
 * @param backlog - figures newer than those of the row, where time has changed
 * them since it was written
 */
export function serviceOfRow(
  row: ServiceRow,
  options: {
    now: Instant;
    groups: ReadonlyMap<string, Freshness>;
    backlog?: Backlog;
  },
): Service {
  const { backlog, groups, now } = options;
  const facts = measureFactsOf(row, groups);
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
      checkedAt: toIsoInstant(checkedAt(row.backlog_scope_group, groups)),
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
      checkedAt: toIsoInstant(gameDaysCheckedAt(row, options)),
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

function checkedAt(
  group: string | null,
  groups: ReadonlyMap<string, Freshness>,
): Instant | null {
  return group === null ? null : groups.get(group)?.checkedAt ?? null;
}

/** What is our own is checked whenever it is read. */
function gameDaysCheckedAt(
  row: ServiceRow,
  options: { now: Instant; groups: ReadonlyMap<string, Freshness> },
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
