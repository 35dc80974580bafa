import {
  Instant,
  RollupDimension,
  ServiceFilter,
  serviceFilterSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { allOf, SqlPart } from '../database';
import { readInitiativeScope } from '../initiatives/initiativeScope';
import { filterConditions } from '../services/serviceFilters';
import { visibleConditions, visibleTables } from '../services/visibleServices';
import {
  maybeUnsettled,
  readUnsettled,
  staleGroupsSql,
  Unsettled,
} from '../status';
import { Visibility } from '../visibility/Visibility';
import { readChanges } from './changes';
import { groupCountsSql } from './groupCounts';
import { correctedSql, countedSql } from './maintainedCounts';

/** Beyond as many services, to correct sums takes longer than to count anew. */
const FEW_SERVICES = 5000;

/** A service may be noted several times. */
const FEW_CHANGES = 4 * FEW_SERVICES;

export interface CountOptions {
  now: Instant;
  visibility: Visibility;
}

/** The figures of groups, a row each. */
export interface CountedGroups {
  /** Named in front of the statement. */
  tables: SqlPart[];
  rows: SqlPart;
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
  const changed = isOfAll(filter, options)
    ? await readChanges(db, FEW_CHANGES + 1)
    : 'many';
  const unsettled = (await maybeUnsettled(db, options))
    ? await readUnsettled(db, options)
    : [];
  const toCorrect = fewOf(changed, unsettled);
  if (toCorrect === 'many') {
    return countStatus(db, by, filter, { ...options, unsettled });
  }
  return toCorrect.length
    ? correctedSql(db, by, { ...options, serviceIds: toCorrect })
    : { tables: [], rows: countedSql(by) };
}

/** The services of which something else may have to be counted. */
function fewOf(
  changed: readonly number[] | 'many',
  unsettled: Unsettled,
): number[] | 'many' {
  if (changed === 'many' || unsettled === 'many') return 'many';
  if (changed.length > FEW_CHANGES) return 'many';
  const ids = new Set([...changed, ...unsettled]);
  return ids.size > FEW_SERVICES ? 'many' : [...ids];
}

/** Whether a filter leaves all services: sums are kept of no others. */
function isOfAll(filter: ServiceFilter, { visibility }: CountOptions) {
  return (
    visibility.kind === 'all' &&
    Object.values(filter).every(value => value === undefined)
  );
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
  };
}
