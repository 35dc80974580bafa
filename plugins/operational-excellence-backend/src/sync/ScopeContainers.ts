import { MissingContainer } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  Columns,
  idSet,
  insertSql,
  queryRows,
  setExcluded,
  StoredBoolean,
  StoredInstant,
  instantOf,
  storableText,
  textSet,
} from '../database';
import { nowSql, soonerSql } from './databaseTime';
import { nearestName } from './nearestName';

/** What of an upstream's words is kept. */
const MESSAGE_LENGTH = 1000;

interface ContainerRow {
  scope_id: number;
  container: string;
  covered_at: number | null;
  missing_message: string | null;
  missing_suggestion: string | null;
  missing_since: number | null;
}

const columns: Columns<ContainerRow> = {
  scope_id: 'integer',
  container: 'text',
  covered_at: 'bigint',
  missing_message: 'text',
  missing_suggestion: 'text',
  missing_since: 'bigint',
};

/**
 * What services name within ticket scopes, and what each scope answers for. A
 * scope may hold several containers, and services may name a further one while
 * the scope goes on: until a whole run has covered it, nothing is known of it,
 * however well the scope fares.
 *
 * @remarks
 *
 * Whoever calls this holds the rows of the scopes: the directory because it has
 * just stored them, a run because it has just proven its claim. So each sees what
 * the other one did.
 */
export class ScopeContainers {
  static create() {
    return new ScopeContainers();
  }

  private constructor() {}

  /**
   * Takes note of what some services name. A scope in which it is new is due at
   * once, unless it fails: then it waits as long as it should.
   */
  async note(
    tx: Knex.Transaction,
    serviceIds: readonly number[],
  ): Promise<void> {
    const services = idSet(tx, serviceIds);
    const added = await queryRows<{ scope_id: number }>(
      tx,
      `insert into scope_containers (scope_id, container)
      select distinct scope_id, container from service_scopes
      where ${services.includes('service_id')}
      on conflict do nothing
      returning scope_id`,
      [services.binding],
    );
    if (added.length === 0) return;
    const scopes = idSet(tx, new Set(added.map(row => row.scope_id)));
    await queryRows(
      tx,
      `update scopes set next_run_at = ${soonerSql(tx)}
      where failing_since is null and ${scopes.includes('id')}`,
      [scopes.binding],
    );
  }

  /**
   * What services name in a scope as a run begins. What none names any more is
   * forgotten: the source forgets it as well, so that it counts as new if it
   * returns.
   */
  async begin(tx: Knex.Transaction, scopeId: number): Promise<string[]> {
    const named = `select service_scopes.container from service_scopes
      join services on services.id = service_scopes.service_id
      where service_scopes.scope_id = ? and services.removed_at is null`;
    await queryRows(
      tx,
      `delete from scope_containers
      where scope_id = ? and container not in (${named})`,
      [scopeId, scopeId],
    );
    await queryRows(
      tx,
      `insert into scope_containers (scope_id, container)
      select distinct cast(? as integer), container from (${named}) as named
      where true on conflict do nothing`,
      [scopeId, scopeId],
    );
    const rows = await queryRows<{ container: string }>(
      tx,
      'select container from scope_containers where scope_id = ? order by container',
      [scopeId],
    );
    return rows.map(({ container }) => container);
  }

  /** The services that name something in a scope that no run has covered yet. */
  async awaiting(db: Knex, scopeId: number): Promise<Set<number>> {
    const rows = await queryRows<{ service_id: number }>(
      db,
      `select service_scopes.service_id from scope_containers
      join service_scopes
        on service_scopes.scope_id = scope_containers.scope_id
        and service_scopes.container = scope_containers.container
      where scope_containers.scope_id = ?
        and scope_containers.covered_at is null
        and scope_containers.missing_message is null`,
      [scopeId],
    );
    return new Set(rows.map(row => row.service_id));
  }

  /**
   * Notes what a run found, once it has read all of its scope: which containers
   * the upstream does not know, and that all others are covered.
   *
   * @param run - `containers`: those that the run began with
   * @returns the services of which that changes something
   */
  async settle(
    tx: Knex.Transaction,
    scopeId: number,
    run: {
      containers: readonly string[];
      missing: readonly MissingContainer[];
    },
  ): Promise<number[]> {
    const known = new Set(run.containers);
    const missing = new Map(
      run.missing
        .filter(({ container }) => known.has(container))
        .map(each => [each.container, each]),
    );
    const named = textSet(tx, missing.keys());
    const rows = await queryRows<
      Omit<ContainerRow, 'covered_at' | 'missing_since'> & {
        covered: StoredBoolean;
        missing_since: StoredInstant | null;
        now: StoredInstant;
      }
    >(
      tx,
      `select scope_id, container, covered_at is not null as covered,
        missing_message, missing_suggestion, missing_since, ${nowSql(tx)} as now
      from scope_containers
      where scope_id = ? and (covered_at is null or missing_message is not null
        or ${named.includes('container')})
      order by container`,
      [scopeId, named.binding],
    );

    const changed: ContainerRow[] = [];
    let covered: string[] | undefined;
    for (const row of rows.filter(({ container }) => known.has(container))) {
      const { container } = row;
      const now = instantOf(row.now);
      const found = missing.get(container);
      if (!found) {
        changed.push({ ...settled(scopeId, container), covered_at: now });
        continue;
      }
      const message = storableText(found.message).slice(0, MESSAGE_LENGTH);
      const isNews = Boolean(row.covered) || message !== row.missing_message;
      let suggestion = storableText(found.suggestion ?? null);
      if (suggestion === null && !isNews) suggestion = row.missing_suggestion;
      if (suggestion === null) {
        covered ??= await coveredLike(tx, scopeId);
        suggestion = nearestName(container, covered) ?? null;
      }
      if (isNews || suggestion !== row.missing_suggestion) {
        changed.push({
          ...settled(scopeId, container),
          missing_message: message,
          missing_suggestion: suggestion,
          missing_since: instantOf(row.missing_since) ?? now,
        });
      }
    }
    if (changed.length === 0) return [];
    await queryRows(
      tx,
      `${insertSql(tx, 'scope_containers', columns)}
      on conflict (scope_id, container) do update
        set ${setExcluded(columns, ['scope_id', 'container'])}`,
      [JSON.stringify(changed)],
    );
    return servicesNaming(
      tx,
      scopeId,
      changed.map(({ container }) => container),
    );
  }
}

/** What the source of a scope answers for, in any of its scopes. */
async function coveredLike(
  tx: Knex.Transaction,
  scopeId: number,
): Promise<string[]> {
  const rows = await queryRows<{ container: string }>(
    tx,
    `select distinct container from scope_containers
    where covered_at is not null and scope_id in (
      select id from scopes where active and source_id =
        (select source_id from scopes where id = ?))`,
    [scopeId],
  );
  return rows.map(({ container }) => container);
}

function settled(scopeId: number, container: string): ContainerRow {
  return {
    scope_id: scopeId,
    container,
    covered_at: null,
    missing_message: null,
    missing_suggestion: null,
    missing_since: null,
  };
}

async function servicesNaming(
  tx: Knex.Transaction,
  scopeId: number,
  containers: string[],
): Promise<number[]> {
  const set = textSet(tx, containers);
  const rows = await queryRows<{ service_id: number }>(
    tx,
    `select distinct service_id from service_scopes
    where scope_id = ? and ${set.includes('container')}
    order by service_id`,
    [scopeId, set.binding],
  );
  return rows.map(row => row.service_id);
}
