import {
  addDuration,
  backlogOf,
  gameDayKindSchema,
  Instant,
  lastGameDay,
  Measure,
  Policy,
  readinessOf,
  subtractDuration,
} from 'backstage-plugin-operational-excellence-common';
import { measureFactsOf } from './measureFacts';
import { EXPERIMENTS_GROUP } from './ScopeGroups';
import { ServiceFacts } from './serviceFacts';
import { settledRanks } from './settledRanks';
import { StatusRow } from './statusRows';

type StatusFields = Omit<
  StatusRow,
  'backlog_scope_group' | 'game_day_scope_group'
>;
type FieldsOf<Prefix extends string> = Omit<
  Pick<StatusFields, Extract<keyof StatusFields, `${Prefix}_${string}`>>,
  `${Prefix}_rank`
>;

/** A status, with the scopes whose groups complete it. */
export interface ComputedStatus {
  fields: StatusFields;
  backlogScopeIds: number[];
  /** Of the evidence; none where the evidence is our own. */
  gameDayScopeIds: number[];
}

/** The status of a service under its policy, if one applies. */
export function computeStatus(
  facts: ServiceFacts,
  policy: Policy | undefined,
  options: { now: Instant; experimentSourceIds: readonly string[] },
): ComputedStatus {
  const backlogScopeIds = facts.ticketScopes
    .filter(({ implicit, matched }) => !implicit || matched)
    .map(({ scopeId }) => scopeId);
  const last = lastGameDay(facts.gameDays, countedKinds(policy));
  const gameDayScopeIds = last && last.scopeId !== null ? [last.scopeId] : [];
  const fields = {
    ...backlogFields(facts, policy, options),
    backlog_configured: backlogScopeIds.length > 0,
    ...gameDayFields(facts, policy, last, options),
    ...readinessFields(facts, policy),
  };
  // Whichever groups these will be, the ranks are those while they are fresh.
  const measures = measureFactsOf(
    { ...fields, backlog_scope_group: '', game_day_scope_group: null },
    () => Infinity,
  );
  return {
    fields: {
      ...facts.service,
      ...fields,
      ...settledRanks(measures, options),
    },
    backlogScopeIds,
    gameDayScopeIds,
  };
}

function backlogFields(
  facts: ServiceFacts,
  policy: Policy | undefined,
  options: { now: Instant },
): Omit<FieldsOf<'backlog'>, 'backlog_configured'> {
  const backlog = backlogOf(facts.tickets, options);
  const due = dueAfter(
    backlog.oldestCreatedAt,
    policy?.backlog && { ...policy.backlog, every: policy.backlog.maxAge },
  );
  return {
    backlog_required: policy?.backlog !== undefined,
    backlog_problem: problemOf(facts, 'backlog'),
    backlog_due_at: due.dueAt,
    backlog_warn_at: due.warnAt,
    backlog_waived_until: facts.waivers.backlog ?? null,
    backlog_open_count: backlog.openCount,
    backlog_oldest_created_at: backlog.oldestCreatedAt,
    backlog_median_created_at: backlog.medianCreatedAt,
    backlog_p85_created_at: backlog.p85CreatedAt,
    backlog_oldest_started_at: backlog.oldestStartedAt,
    backlog_opened_30d: backlog.opened30d,
    backlog_closed_30d: backlog.closed30d,
    backlog_opened_90d: backlog.opened90d,
    backlog_closed_90d: backlog.closed90d,
    backlog_improvement_share_90d: backlog.improvementShare90d,
    backlog_valid_until: backlog.validUntil,
  };
}

/** Where the policy does not ask for game days, those of any kind are shown. */
function countedKinds(policy: Policy | undefined) {
  return policy?.gameDay?.counts ?? gameDayKindSchema.options;
}

function gameDayFields(
  facts: ServiceFacts,
  policy: Policy | undefined,
  last: ServiceFacts['gameDays'][number] | undefined,
  options: { experimentSourceIds: readonly string[] },
): FieldsOf<'game_day'> {
  const malformed = facts.problems
    .filter(({ measure }) => measure === 'gameDay')
    .map(({ sourceId }) => sourceId);
  const sourceIds = countedKinds(policy).includes('experiment')
    ? options.experimentSourceIds
    : [];
  const due = dueAfter(last?.heldAt ?? null, policy?.gameDay);
  return {
    game_day_required: policy?.gameDay !== undefined,
    game_day_configured:
      last !== undefined || sourceIds.some(id => !malformed.includes(id)),
    game_day_problem: problemOf(facts, 'gameDay'),
    game_day_all_scope_group: sourceIds.length ? EXPERIMENTS_GROUP : null,
    game_day_due_at: due.dueAt,
    game_day_warn_at: due.warnAt,
    game_day_waived_until: facts.waivers.gameDay ?? null,
    game_day_last_held_at: last?.heldAt ?? null,
    game_day_last_kind: last?.kind ?? null,
    game_day_last_id: last?.id ?? null,
    game_day_last_title: last?.title ?? null,
    game_day_last_outcome: last?.outcome ?? null,
  };
}

function readinessFields(
  facts: ServiceFacts,
  policy: Policy | undefined,
): FieldsOf<'readiness'> {
  const readinessTest = policy?.readinessTest;
  const readiness =
    readinessTest && readinessOf(facts.readinessTests, readinessTest);
  const dueAt = readiness?.dueAt ?? null;
  return {
    readiness_required: readinessTest !== undefined,
    readiness_failing: readiness?.verdict === 'fail',
    readiness_happened: readiness?.missing.length === 0,
    readiness_due_at: dueAt,
    readiness_warn_at: warnOf(dueAt, readinessTest),
    readiness_waived_until: facts.waivers.readinessTest ?? null,
    readiness_last_performed_at: readiness?.lastPerformedAt ?? null,
    readiness_verdict: readiness?.verdict ?? null,
    readiness_template: readiness?.decisive?.template ?? null,
    readiness_missing_templates: JSON.stringify(readiness?.missing ?? []),
  };
}

function dueAfter(
  since: Instant | null,
  rule: { every: string; warnBefore: string } | undefined,
) {
  const dueAt = since !== null && rule ? addDuration(since, rule.every) : null;
  return { dueAt, warnAt: warnOf(dueAt, rule) };
}

function warnOf(dueAt: Instant | null, rule?: { warnBefore: string }) {
  return dueAt !== null && rule
    ? subtractDuration(dueAt, rule.warnBefore)
    : null;
}

function problemOf(facts: ServiceFacts, measure: Measure): string | null {
  const messages = facts.problems
    .filter(problem => problem.measure === measure)
    .map(({ message }) => message);
  return messages.length ? messages.join('; ') : null;
}
