import { Knex } from 'knex';
import {
  Columns,
  idSet,
  insertSql,
  queryRows,
  StoredBoolean,
  StoredInstant,
  storableText,
  storableUrl,
  textSet,
} from '../database';
import { ConnectedSource, SourceRegistry } from '../sources';
import { EXPERIMENTS_GROUP, ScopeGroups } from '../status';
import { inTransaction } from './inTransaction';

/** A scope as a source or a service names it. */
export interface ScopeName {
  sourceId: string;
  key: string;
  title: string;
  url: string | null;
}

interface ScopeRow {
  source_id: string;
  kind: ConnectedSource['kind'];
  key: string;
  title: string;
  url: string | null;
  active: boolean;
  next_run_at: number;
  next_reconcile_at: number;
  tolerance_ms: number;
}

const scopeColumns: Columns<ScopeRow> = {
  source_id: 'text',
  kind: 'text',
  key: 'text',
  title: 'text',
  url: 'text',
  active: 'boolean',
  next_run_at: 'bigint',
  next_reconcile_at: 'bigint',
  tolerance_ms: 'bigint',
};

/** Tells scopes of all sources apart. */
export function scopeIdentity(scope: { sourceId: string; key: string }) {
  return JSON.stringify([scope.sourceId, scope.key]);
}

/**
 * Which scopes there are, and which of them are active: those of connected
 * sources that a service, or an experiment source itself, names. An inactive
 * scope is not read; it keeps its cursor and its rows, and is due at once when
 * it becomes active again.
 */
export class ScopeRegistry {
  readonly #sources: SourceRegistry;
  readonly #groups: ScopeGroups;

  static create(options: { sources: SourceRegistry; groups: ScopeGroups }) {
    return new ScopeRegistry(options);
  }

  private constructor(options: {
    sources: SourceRegistry;
    groups: ScopeGroups;
  }) {
    this.#sources = options.sources;
    this.#groups = options.groups;
  }

  /**
   * The ids of scopes, created where there is none. Scopes that exist take over
   * title and address, and become active.
   */
  async ensure(
    tx: Knex.Transaction,
    scopes: Iterable<ScopeName>,
  ): Promise<Map<string, number>> {
    const rows = new Map<string, ScopeRow>();
    for (const scope of scopes) {
      const connected = this.#sources.get(scope.sourceId);
      const identity = scopeIdentity(scope);
      if (connected && !rows.has(identity)) {
        rows.set(identity, toRow(scope, connected));
      }
    }
    if (rows.size === 0) return new Map();

    // In one order everywhere, so that transactions wait for each other rather
    // than lock each other out.
    const ordered = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
    const stored = await queryRows<{
      id: number;
      source_id: string;
      key: string;
      active: StoredBoolean;
    }>(
      tx,
      `${insertSql(tx, 'scopes', scopeColumns)}
      on conflict (source_id, key) do update
        set title = excluded.title, url = excluded.url
      returning id, source_id, key, active`,
      [JSON.stringify(ordered.map(([, row]) => row))],
    );
    await this.#setActive(
      tx,
      stored.flatMap(({ id, active }) => (active ? [] : [id])),
      true,
    );
    return new Map(
      stored.map(({ id, source_id: sourceId, key }) => [
        scopeIdentity({ sourceId, key }),
        id,
      ]),
    );
  }

  /**
   * Brings the scopes in line with the sources that are connected: experiment
   * scopes come from the sources themselves, scopes of other sources become
   * inactive.
   */
  async connect(db: Knex): Promise<void> {
    const named = this.#sources.experimentSources.flatMap(source =>
      source.scopes().map(scope => ({
        sourceId: source.id,
        key: storableText(scope.key),
        title: storableText(scope.title),
        url: storableUrl(scope.url ?? null),
      })),
    );
    if (await this.#isInLine(db, named)) return;

    await inTransaction(db, async tx => {
      const ids = await this.ensure(tx, named);
      const kept = idSet(tx, ids.values());
      const connected = textSet(tx, this.#sources.ids());
      const gone = await queryRows<{ id: number }>(
        tx,
        `select id from scopes
        where active and (
          (kind = 'experiment' and not (${kept.includes('id')}))
          or not (${connected.includes('source_id')})
        )
        order by id`,
        [kept.binding, connected.binding],
      );
      await this.#setActive(
        tx,
        gone.map(({ id }) => id),
        false,
      );
      await this.#renewTolerances(tx);
      await this.#groups.setExperimentScopes(tx, [...ids.values()].sort());
    });
  }

  /**
   * Makes ticket scopes active exactly where a service names them.
   *
   * @returns how many changed
   */
  async renewActive(db: Knex): Promise<number> {
    const connected = textSet(db, this.#sources.ids());
    const changed = await queryRows<{ id: number; active: StoredBoolean }>(
      db,
      `select id, active from (
        select id, active, exists (
          select 1 from service_scopes named
          join services on services.id = named.service_id
          where named.scope_id = scopes.id and services.removed_at is null
        ) as named
        from scopes
        where kind = 'ticket' and ${connected.includes('source_id')}
      ) as ticket_scopes
      where active <> named
      order by id`,
      [connected.binding],
    );
    if (changed.length > 0) {
      const ids = (active: boolean) =>
        changed.flatMap(row =>
          Boolean(row.active) === active ? [row.id] : [],
        );
      await inTransaction(db, async tx => {
        await this.#setActive(tx, ids(true), false);
        await this.#setActive(tx, ids(false), true);
      });
    }
    return changed.length;
  }

  /** Whether nothing of what {@link ScopeRegistry.connect} does is to be done. */
  async #isInLine(db: Knex, named: ScopeName[]): Promise<boolean> {
    const summary = await queryRows<{
      source_id: string;
      active: StoredBoolean;
      tolerance_ms: StoredInstant;
    }>(db, 'select distinct source_id, active, tolerance_ms from scopes');
    const sourcesInLine = summary.every(row => {
      const connected = this.#sources.get(row.source_id);
      return connected
        ? connected.schedule.tolerance === Number(row.tolerance_ms)
        : !row.active;
    });
    const group = await db('scope_groups')
      .where({ id: EXPERIMENTS_GROUP })
      .first('id');
    if (!sourcesInLine || !group) return false;

    const stored = await db<
      Pick<ScopeRow, 'source_id' | 'key' | 'title' | 'url'>
    >('scopes')
      .join('scope_group_members', 'scope_group_members.scope_id', 'scopes.id')
      .where({ active: true, kind: 'experiment', group_id: EXPERIMENTS_GROUP })
      .select('source_id', 'key', 'title', 'url');
    const texts = (scopes: ScopeName[]) =>
      JSON.stringify(scopes.map(scope => JSON.stringify(scope)).sort());
    return (
      texts(named) ===
      texts(
        stored.map(({ source_id: sourceId, key, title, url }) => ({
          sourceId,
          key,
          title,
          url,
        })),
      )
    );
  }

  async #setActive(tx: Knex.Transaction, ids: number[], active: boolean) {
    if (ids.length === 0) return;
    const set = idSet(tx, ids);
    await queryRows(
      tx,
      `update scopes set active = ?${active ? ', next_run_at = 0' : ''}
      where ${set.includes('id')}`,
      [active, set.binding],
    );
  }

  async #renewTolerances(tx: Knex.Transaction) {
    for (const { id, schedule } of this.#sources.all()) {
      const changed = await queryRows<{ id: number }>(
        tx,
        `update scopes set tolerance_ms = ?
        where source_id = ? and tolerance_ms <> ?
        returning id`,
        [schedule.tolerance, id, schedule.tolerance],
      );
      for (const row of changed) await this.#groups.renew(tx, row.id);
    }
  }
}

function toRow(scope: ScopeName, connected: ConnectedSource): ScopeRow {
  return {
    source_id: scope.sourceId,
    kind: connected.kind,
    key: scope.key,
    title: scope.title,
    url: scope.url,
    active: true,
    next_run_at: 0,
    next_reconcile_at: 0,
    tolerance_ms: connected.schedule.tolerance,
  };
}
