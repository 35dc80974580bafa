import {
  Instant,
  RollupDimension,
  ServiceFilter,
  serviceFilterSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { allOf, queryRows, StoredBoolean } from '../database';
import { readInitiativeScope } from '../initiatives/initiativeScope';
import { filterConditions } from '../services/serviceFilters';
import { leavesAll } from '../services/leavesAll';
import { visibleConditions, visibleTables } from '../services/visibleServices';
import {
  maybeUnsettledSql,
  readUnsettled,
  staleGroupsSql,
  Unsettled,
} from '../status';
import { Visibility } from '../visibility/Visibility';
import { readChanges } from './changes';
import { CountedGroups, groupCountsSql } from './groupCounts';
import { correctedSql, countedSql } from './maintainedCounts';

export interface CountOptions {
  now: Instant;
  visibility: Visibility;
}

/**
 * The figures of the groups of the services that a filter leaves. Where it leaves
 * all of them, they are kept as sums, which are right once they are corrected by
 * the few services that changed since; others are counted from the status rows.
 */
export async function countGroups(
  db: Knex,
  query: ServiceFilter & { by: RollupDimension },
  options: CountOptions,
): Promise<CountedGroups> {
  const { by } = query;
  const filter = serviceFilterSchema.parse(query);
  const { maybeUnsettled, services } = await readBasis(db, options);
  const few = fewOf(services);
  // Sums are kept of all services, of no others.
  const changed = leavesAll(filter, options.visibility)
    ? await readChanges(db, few)
    : 'many';
  const unsettled = maybeUnsettled ? await readUnsettled(db, options) : [];
  if (changed === 'many' || unsettled === 'many') {
    return countStatus(db, by, filter, { ...options, unsettled });
  }
  const serviceIds = [...new Set([...changed, ...unsettled])];
  return serviceIds.length
    ? correctedSql(db, by, { ...options, serviceIds })
    : { tables: [], rows: countedSql(by), areStored: true };
}

/** Beyond as many of so many, to correct takes longer than to count anew. */
function fewOf(services: number) {
  return Math.max(1000, Math.round(services / 8));
}

/** What is to be known before it is decided how to count. */
async function readBasis(db: Knex, options: { now: Instant }) {
  const maybe = maybeUnsettledSql(options);
  const [row] = await queryRows<{
    maybe_unsettled: StoredBoolean;
    services: number | null;
  }>(
    db,
    `select ${maybe.sql} as maybe_unsettled,
       (select services from rollups where dimension = 'all') as services`,
    maybe.bindings,
  );
  return {
    maybeUnsettled: Boolean(row.maybe_unsettled),
    services: row.services ?? 0,
  };
}

async function countStatus(
  db: Knex,
  by: RollupDimension,
  filter: ServiceFilter,
  options: CountOptions & { unsettled: Unsettled },
): Promise<CountedGroups> {
  const { now, unsettled, visibility } = options;
  const initiative = await readInitiativeScope(db, filter);
  return {
    tables: [
      ...visibleTables(db, visibility),
      ...(unsettled.length ? [staleGroupsSql(options)] : []),
    ],
    rows: groupCountsSql(db, by, {
      condition: allOf([
        ...visibleConditions(visibility),
        ...filterConditions(db, filter, { initiative, now, unsettled }),
      ]),
      now,
      unsettled,
    }),
    areStored: false,
  };
}
