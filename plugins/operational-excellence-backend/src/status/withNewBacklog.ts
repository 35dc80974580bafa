import {
  Instant,
  Policy,
  starvesAt,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf } from '../database';
import { ComputedStatus, computeStatus } from './computeStatus';
import { measureFactsOf } from './measureFacts';
import { ServiceFacts } from './serviceFacts';
import { settledRanks } from './settledRanks';
import { statusRowOf } from './statusRowOf';
import { statusColumns, StatusRow, StoredStatusRow } from './statusRows';

type BacklogColumn = keyof StatusRow & `backlog_${string}`;

const BACKLOG_COLUMNS = Object.keys(statusColumns).filter(name =>
  name.startsWith('backlog_'),
) as BacklogColumn[];

/**
 * The status of a service of which nothing changed but tickets, as far as the
 * backlog goes: of other measures it tells nothing.
 *
 * @param facts - its tickets, their scopes, and what is wrong with annotations
 */
export function computeBacklog(
  stored: StoredStatusRow,
  facts: ServiceFacts,
  options: { now: Instant; policy: Policy | undefined },
): ComputedStatus {
  const { now, policy } = options;
  const waivedUntil = instantOf(stored.backlog_waived_until);
  return computeStatus(
    {
      ...facts,
      waivers: waivedUntil === null ? {} : { backlog: waivedUntil },
    },
    policy,
    { now, experimentSourceIds: [] },
  );
}

/** A stored status with another backlog. */
export function withNewBacklog(
  stored: StoredStatusRow,
  computed: ComputedStatus,
  options: { now: Instant; backlogGroup: string | null },
): StoredStatusRow {
  const row = statusRowOf(computed, { ...options, gameDayGroup: null });
  const backlog = Object.fromEntries(
    BACKLOG_COLUMNS.map(name => [name, row[name]]),
  ) as Pick<StatusRow, BacklogColumn>;
  // What is stored of other measures is given for as long as sources are fresh.
  const facts = {
    ...measureFactsOf(stored, () => Infinity),
    backlog: computed.facts.backlog,
  };
  return {
    ...stored,
    ...backlog,
    ...settledRanks(facts, {
      now: options.now,
      starvesAt: starvesAt(computed.backlog),
    }),
  };
}
