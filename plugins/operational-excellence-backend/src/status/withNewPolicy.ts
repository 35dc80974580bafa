import {
  Instant,
  Policy,
  starvesAt,
} from 'backstage-plugin-operational-excellence-common';
import { Columns, instantOf } from '../database';
import { backlogFacts, ComputedStatus, computeStatus } from './computeStatus';
import { measureFactsOf } from './measureFacts';
import { ServiceFacts } from './serviceFacts';
import { settledRanks } from './settledRanks';
import { statusRowOf } from './statusRowOf';
import { statusColumns, StatusRow, StoredStatusRow } from './statusRows';

/** What of a status depends on the policy, whatever else there is. */
type PolicyColumn =
  | 'policy_id'
  | 'state_rank'
  | 'backlog_rank'
  | 'game_day_rank'
  | 'readiness_rank'
  | 'settled_until'
  | 'backlog_required'
  | 'backlog_due_at'
  | 'backlog_warn_at'
  | (keyof StatusRow & (`game_day_${string}` | `readiness_${string}`));

export type PolicyRow = Pick<StatusRow, 'service_id' | PolicyColumn>;

const OF_BACKLOG = ['backlog_required', 'backlog_due_at', 'backlog_warn_at'];

export const policyColumns = Object.fromEntries(
  Object.entries(statusColumns).filter(
    ([name]) =>
      /^(service_id|policy_id|settled_until)$|_rank$/.test(name) ||
      /^(game_day|readiness)_/.test(name) ||
      OF_BACKLOG.includes(name),
  ),
) as Columns<PolicyRow>;

/**
 * The status of a service under a policy, where the backlog is as it is stored:
 * tickets, which are many, need not be read.
 *
 * @param facts - its game days and readiness tests, and what is wrong with
 * annotations
 */
export function computeForPolicy(
  stored: StoredStatusRow,
  facts: ServiceFacts,
  options: {
    now: Instant;
    policy: Policy | undefined;
    experimentSourceIds: readonly string[];
  },
): ComputedStatus {
  const { policy } = options;
  const { backlog, gameDay, readinessTest } = measureFactsOf(
    stored,
    () => Infinity,
  );
  const computed = computeStatus(
    {
      ...facts,
      waivers: {
        gameDay: gameDay.waivedUntil ?? undefined,
        readinessTest: readinessTest.waivedUntil ?? undefined,
      },
    },
    policy,
    options,
  );
  return {
    ...computed,
    facts: {
      ...computed.facts,
      backlog: backlogFacts(policy, {
        oldestCreatedAt: instantOf(stored.backlog_oldest_created_at),
        configured: backlog.configured,
        known: Boolean(stored.backlog_known),
        waivedUntil: backlog.waivedUntil,
      }),
    },
  };
}

/** What of a stored status is another one under a policy. */
export function withNewPolicy(
  stored: StoredStatusRow,
  computed: ComputedStatus,
  options: { now: Instant; gameDayGroup: string | null },
): PolicyRow {
  const row = statusRowOf(computed, { ...options, backlogGroup: null });
  const ranks = settledRanks(computed.facts, {
    now: options.now,
    starvesAt: starvesAt({
      oldestCreatedAt: instantOf(stored.backlog_oldest_created_at),
      lastClosedAt: instantOf(stored.backlog_last_closed_at),
    }),
  });
  const renewed = { ...row, ...ranks };
  return Object.fromEntries(
    Object.keys(policyColumns).map(name => [
      name,
      renewed[name as keyof PolicyRow],
    ]),
  ) as unknown as PolicyRow;
}
