import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  Columns,
  givenRowsSql,
  idSet,
  insertSql,
  queryRows,
  setExcluded,
  StoredInstant,
  textSet,
} from '../database';
import { scopeIdentity } from '../sync/ScopeRegistry';
import { contentHash, ServiceRecord } from './ServiceRecord';

interface ServiceRow {
  entity_ref: string;
  title: string;
  search_text: string;
  owner_ref: string | null;
  system_ref: string | null;
  domain_ref: string | null;
  type: string | null;
  lifecycle: string | null;
  tier: string | null;
  policy_id: string | null;
  annotations: string;
  content_hash: string;
  removed_at: number | null;
}

const serviceColumns: Columns<ServiceRow> = {
  entity_ref: 'text',
  title: 'text',
  search_text: 'text',
  owner_ref: 'text',
  system_ref: 'text',
  domain_ref: 'text',
  type: 'text',
  lifecycle: 'text',
  tier: 'text',
  policy_id: 'text',
  annotations: 'text',
  content_hash: 'text',
  removed_at: 'bigint',
};

interface OwnerRow {
  service_id: number;
  owner_ref: string;
  depth: number;
}

const ownerColumns: Columns<OwnerRow> = {
  service_id: 'integer',
  owner_ref: 'text',
  depth: 'integer',
};

interface ServiceScopeRow {
  service_id: number;
  scope_id: number;
  container: string;
  all_of: string;
  implicit: boolean;
}

const serviceScopeColumns: Columns<ServiceScopeRow> = {
  service_id: 'integer',
  scope_id: 'integer',
  container: 'text',
  all_of: 'text',
  implicit: 'boolean',
};

interface ExperimentMatcherRow {
  service_id: number;
  source_id: string;
  lookup: string;
  tags: string;
}

const experimentMatcherColumns: Columns<ExperimentMatcherRow> = {
  service_id: 'integer',
  source_id: 'text',
  lookup: 'text',
  tags: 'text',
};

interface ServiceProblemRow {
  service_id: number;
  source_id: string;
  measure: string;
  message: string;
}

const serviceProblemColumns: Columns<ServiceProblemRow> = {
  service_id: 'integer',
  source_id: 'text',
  measure: 'text',
  message: 'text',
};

/** A service that is stored as it is, but for the policy that applies to it. */
export interface MovedService {
  id: number;
  policy_id: string | null;
  content_hash: string;
}

const movedColumns: Columns<MovedService> = {
  id: 'integer',
  policy_id: 'text',
  content_hash: 'text',
};

/** What of some records differs from what is stored. */
export interface Differences {
  /** The ids of those that are stored as they are. */
  unchangedIds: number[];
  moved: MovedService[];
  /** Those that are not, or are stored as removed. */
  changed: ServiceRecord[];
  /** How many of the changed ones are not stored at all. */
  added: number;
}

/** Keeps the services of the catalog, and what each of them names. */
export class ServiceStore {
  static create() {
    return new ServiceStore();
  }

  private constructor() {}

  async compare(
    db: Knex,
    records: readonly ServiceRecord[],
  ): Promise<Differences> {
    const refs = textSet(
      db,
      records.map(({ entityRef }) => entityRef),
    );
    const rows = await queryRows<{
      id: number;
      entity_ref: string;
      policy_id: string | null;
      content_hash: string;
      removed_at: StoredInstant | null;
    }>(
      db,
      `select id, entity_ref, policy_id, content_hash, removed_at from services
      where ${refs.includes('entity_ref')}`,
      [refs.binding],
    );
    const stored = new Map(rows.map(row => [row.entity_ref, row]));

    const differences: Differences = {
      unchangedIds: [],
      moved: [],
      changed: [],
      added: 0,
    };
    for (const record of records) {
      const row = stored.get(record.entityRef);
      if (!row) differences.added++;
      const hash = contentHash(record);
      const isStored = (as: string) =>
        row && row.removed_at === null && row.content_hash === as;
      if (row && isStored(hash)) {
        differences.unchangedIds.push(row.id);
      } else if (
        row &&
        isStored(contentHash({ ...record, policyId: row.policy_id }))
      ) {
        differences.moved.push({
          id: row.id,
          policy_id: record.policyId,
          content_hash: hash,
        });
      } else {
        differences.changed.push(record);
      }
    }
    return differences;
  }

  /**
   * Stores services in place of what was stored of them.
   *
   * @param options - `scopeIds`: by {@link scopeIdentity}
   * @returns their ids
   */
  async store(
    tx: Knex.Transaction,
    records: readonly ServiceRecord[],
    options: { scopeIds: ReadonlyMap<string, number> },
  ): Promise<number[]> {
    // In one order everywhere, against deadlocks between replicas.
    const ordered = [...records].sort((a, b) =>
      a.entityRef < b.entityRef ? -1 : 1,
    );
    const stored = await queryRows<{ id: number; entity_ref: string }>(
      tx,
      `${insertSql(tx, 'services', serviceColumns)}
      on conflict (entity_ref) do update
        set ${setExcluded(serviceColumns, ['entity_ref'])}
      returning id, entity_ref`,
      [JSON.stringify(ordered.map(toRow))],
    );
    const idOf = new Map(stored.map(row => [row.entity_ref, row.id]));
    const each = <T>(rowsOf: (record: ServiceRecord, id: number) => T[]) =>
      ordered.flatMap(record => rowsOf(record, idOf.get(record.entityRef)!));
    const ids = [...idOf.values()].sort((a, b) => a - b);

    await replace(tx, 'service_owners', ownerColumns, ids, each(ownerRows));
    await replace(
      tx,
      'service_scopes',
      serviceScopeColumns,
      ids,
      each((record, id) => scopeRows(record, id, options.scopeIds)),
    );
    await replace(
      tx,
      'experiment_matchers',
      experimentMatcherColumns,
      ids,
      each(experimentRows),
    );
    await replace(
      tx,
      'service_problems',
      serviceProblemColumns,
      ids,
      each(problemRows),
    );
    return ids;
  }

  /**
   * Stores which policy applies to services that are otherwise as they were.
   *
   * @returns their ids
   */
  async move(
    tx: Knex.Transaction,
    moved: readonly MovedService[],
  ): Promise<number[]> {
    const given = givenRowsSql(tx, 'given', movedColumns);
    const rows = await queryRows<{ id: number }>(
      tx,
      `update services
       set policy_id = given.policy_id, content_hash = given.content_hash
       from ${given} where services.id = given.id returning services.id`,
      [JSON.stringify([...moved].sort((a, b) => a.id - b.id))],
    );
    return rows.map(({ id }) => id);
  }

  /** The ids of the services that are not removed. */
  async ids(db: Knex): Promise<number[]> {
    return db('services').whereNull('removed_at').pluck('id');
  }

  /** Takes services out of all lists; what is stored about them stays. */
  async remove(db: Knex, ids: number[], options: { at: Instant }) {
    const set = idSet(db, ids);
    await queryRows(
      db,
      `update services set removed_at = ? where ${set.includes('id')}`,
      [options.at, set.binding],
    );
  }
}

async function replace<Row>(
  tx: Knex.Transaction,
  table: string,
  columns: Columns<Row>,
  serviceIds: number[],
  rows: Row[],
) {
  const services = idSet(tx, serviceIds);
  await queryRows(
    tx,
    `delete from ${table} where ${services.includes('service_id')}`,
    [services.binding],
  );
  if (rows.length > 0) {
    await queryRows(tx, insertSql(tx, table, columns), [JSON.stringify(rows)]);
  }
}

function toRow(record: ServiceRecord): ServiceRow {
  const { entityRef, title } = record;
  return {
    entity_ref: entityRef,
    title,
    search_text: `${title} ${entityRef}`.toLocaleLowerCase('en-US'),
    owner_ref: record.ownerRef,
    system_ref: record.systemRef,
    domain_ref: record.domainRef,
    type: record.type,
    lifecycle: record.lifecycle,
    tier: record.tier,
    policy_id: record.policyId,
    annotations: JSON.stringify(record.annotations),
    content_hash: contentHash(record),
    removed_at: null,
  };
}

function ownerRows({ owners }: ServiceRecord, id: number): OwnerRow[] {
  return Object.entries(owners).map(([ref, depth]) => ({
    service_id: id,
    owner_ref: ref,
    depth,
  }));
}

function scopeRows(
  { scopes }: ServiceRecord,
  id: number,
  scopeIds: ReadonlyMap<string, number>,
): ServiceScopeRow[] {
  return scopes.map(scope => ({
    service_id: id,
    scope_id: scopeIds.get(scopeIdentity(scope))!,
    container: scope.container,
    all_of: JSON.stringify(scope.allOf),
    implicit: scope.implicit,
  }));
}

function experimentRows(
  { experiments }: ServiceRecord,
  id: number,
): ExperimentMatcherRow[] {
  return experiments.map(({ sourceId, lookup, tags }) => ({
    service_id: id,
    source_id: sourceId,
    lookup,
    tags: JSON.stringify(tags),
  }));
}

function problemRows(
  { problems }: ServiceRecord,
  id: number,
): ServiceProblemRow[] {
  return problems.map(({ sourceId, measure, message }) => ({
    service_id: id,
    source_id: sourceId,
    measure,
    message,
  }));
}
