import {
  Instant,
  starvesAt,
} from 'backstage-plugin-operational-excellence-common';
import { ComputedStatus } from './computeStatus';
import { EXPERIMENTS_GROUP } from './ScopeGroups';
import { settledRanks } from './settledRanks';
import { StatusRow } from './statusRows';

/**
 * A status as it is written. Fields are written out one by one: to spread so
 * many takes longer than all queries for them.
 */
export function statusRowOf(
  status: ComputedStatus,
  options: {
    now: Instant;
    backlogGroup: string | null;
    gameDayGroup: string | null;
  },
): StatusRow {
  const { backlog, facts, lastGameDay: last, readiness, service } = status;
  const ranks = settledRanks(facts, {
    now: options.now,
    starvesAt: starvesAt(backlog),
  });
  return {
    service_id: service.service_id,
    entity_ref: service.entity_ref,
    title: service.title,
    search_text: service.search_text,
    owner_ref: service.owner_ref,
    system_ref: service.system_ref,
    domain_ref: service.domain_ref,
    type: service.type,
    lifecycle: service.lifecycle,
    tier: service.tier,
    policy_id: service.policy_id,

    state_rank: ranks.state_rank,
    backlog_rank: ranks.backlog_rank,
    game_day_rank: ranks.game_day_rank,
    readiness_rank: ranks.readiness_rank,
    settled_until: ranks.settled_until,

    backlog_required: facts.backlog.required,
    backlog_configured: facts.backlog.configured,
    backlog_known: facts.backlog.freshUntil !== null,
    backlog_problem: status.problems.backlog,
    backlog_scope_group: options.backlogGroup,
    backlog_due_at: facts.backlog.dueAt,
    backlog_warn_at: facts.backlog.warnAt,
    backlog_waived_until: facts.backlog.waivedUntil,
    backlog_open_count: backlog.openCount,
    backlog_oldest_created_at: backlog.oldestCreatedAt,
    backlog_median_created_at: backlog.medianCreatedAt,
    backlog_p85_created_at: backlog.p85CreatedAt,
    backlog_oldest_started_at: backlog.oldestStartedAt,
    backlog_opened_30d: backlog.opened30d,
    backlog_closed_30d: backlog.closed30d,
    backlog_opened_90d: backlog.opened90d,
    backlog_closed_90d: backlog.closed90d,
    backlog_all_closed_90d: backlog.allClosed90d,
    backlog_last_closed_at: backlog.lastClosedAt,
    backlog_improvement_share_90d: backlog.improvementShare90d,
    backlog_valid_until: backlog.validUntil,

    game_day_required: facts.gameDay.required,
    game_day_configured: facts.gameDay.configured,
    game_day_problem: status.problems.gameDay,
    game_day_scope_group: options.gameDayGroup,
    game_day_all_scope_group: status.awaitsExperiments
      ? EXPERIMENTS_GROUP
      : null,
    game_day_due_at: facts.gameDay.dueAt,
    game_day_warn_at: facts.gameDay.warnAt,
    game_day_waived_until: facts.gameDay.waivedUntil,
    game_day_last_held_at: last?.heldAt ?? null,
    game_day_last_kind: last?.kind ?? null,
    game_day_last_id: last?.id ?? null,
    game_day_last_title: last?.title ?? null,
    game_day_last_outcome: last?.outcome ?? null,

    readiness_required: facts.readinessTest.required,
    readiness_failing: facts.readinessTest.failing,
    readiness_happened: facts.readinessTest.happened,
    readiness_due_at: facts.readinessTest.dueAt,
    readiness_warn_at: facts.readinessTest.warnAt,
    readiness_waived_until: facts.readinessTest.waivedUntil,
    readiness_last_performed_at: readiness?.lastPerformedAt ?? null,
    readiness_verdict: readiness?.verdict ?? null,
    readiness_template: readiness?.decisive?.template ?? null,
    readiness_missing_templates: JSON.stringify(readiness?.missing ?? []),
  };
}
