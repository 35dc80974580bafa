import {
  ExperimentScope,
  ExperimentSource,
  MissingContainer,
  RateLimit,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { queryRows } from '../database';
import { ExperimentStore } from '../experiments';
import { GuardrailStore } from '../guardrails';
import { ConnectedSource } from '../sources';
import { TicketStore } from '../tickets';
import { ClaimedScope } from './ScopeClaims';

/** One page of what changed upstream, whatever it is made of. */
export interface SourcePage {
  cursor: string;
  /** How many upstream requests it took. */
  requests: number;
  /** The external ids of what is on it. */
  rowIds: string[];
  /** What services name and the upstream does not know. */
  missing: readonly MissingContainer[];
  /** What the upstream last said of its rate limit. */
  rateLimit?: RateLimit;
  /** Stores the page; answers the services whose figures may have changed. */
  store(tx: Knex.Transaction): Promise<number[]>;
}

export interface SourceStores {
  db: Knex;
  experiments: ExperimentStore;
  guardrails: GuardrailStore;
  tickets: TicketStore;
}

/**
 * Asks a source what changed in a scope since the scope's cursor.
 *
 * @param options - `containers`: those that services name
 */
export async function* sourcePages(
  connected: ConnectedSource,
  scope: ClaimedScope,
  options: {
    containers: readonly string[];
    stores: SourceStores;
    signal: AbortSignal;
  },
): AsyncGenerator<SourcePage, void, undefined> {
  const { containers, signal } = options;
  const { db, experiments, tickets } = options.stores;
  const { cursor, id: scopeId, sourceId } = scope;

  if (connected.kind === 'ticket') {
    const pages = connected.source.changes(
      { key: scope.key, containers },
      { cursor, signal },
    );
    for await (const page of pages) {
      const { missing = [], rateLimit, removed = [] } = page;
      yield {
        cursor: page.cursor,
        requests: page.requests,
        rowIds: [...page.tickets.map(t => t.externalId), ...removed],
        missing,
        rateLimit,
        store: tx =>
          tickets.storePage(tx, {
            sourceId,
            scopeId,
            tickets: page.tickets,
            removed,
          }),
      };
    }
    return;
  }

  const pages = connected.source.changes(namedScope(connected.source, scope), {
    cursor,
    signal,
    known: externalIds => experiments.known(db, sourceId, externalIds),
  });
  for await (const page of pages) {
    yield {
      cursor: page.cursor,
      requests: page.requests,
      rowIds: page.experiments.map(({ externalId }) => externalId),
      missing: [],
      store: tx =>
        experiments.storePage(tx, {
          sourceId,
          scopeId,
          experiments: page.experiments,
        }),
    };
  }
}

/** A scope as its source names it. */
export function namedScope(
  source: ExperimentSource,
  scope: Pick<ClaimedScope, 'key'>,
): ExperimentScope {
  const named = source.scopes().find(({ key }) => key === scope.key);
  if (named) return named;
  throw new Error(`The source no longer names the scope ${scope.key}`);
}

/** A scope with the containers that services name in it. */
export async function ticketSyncScope(
  db: Knex,
  { id, key }: Pick<ClaimedScope, 'id' | 'key'>,
): Promise<{ key: string; containers: string[] }> {
  const rows = await queryRows<{ container: string }>(
    db,
    // Looked up one by one: a join would read all services, for the few of a scope.
    `select distinct container from service_scopes
    where scope_id = ? and (
      select removed_at from services where services.id = service_id
    ) is null
    order by container`,
    [id],
  );
  return { key, containers: rows.map(({ container }) => container) };
}

/** The services whose figures depend on a scope. */
export async function servicesOfScope(
  tx: Knex.Transaction,
  scope: ClaimedScope,
): Promise<number[]> {
  const rows = await queryRows<{ service_id: number }>(
    tx,
    `select service_id from service_scopes where scope_id = ?
    union
    select service_id from experiment_matches
    join experiments on experiments.id = experiment_matches.experiment_id
    where experiments.scope_id = ?
    order by service_id`,
    [scope.id, scope.id],
  );
  return rows.map(row => row.service_id);
}
