import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Ticket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  batchesOf,
  idSet,
  insertSql,
  isPostgres,
  isSameRow,
  queryRows,
  setExcluded,
  storableText,
  StoredBoolean,
  textSet,
} from '../database';
import { addMatchesSql, matchInsertedSql, removeMatchesSql } from './matchSql';
import {
  rowOfTicket,
  StoredTicketRow,
  ticketColumns,
  TicketRow,
} from './ticketRows';

/** What a source delivered of one of its scopes. */
export interface StoredTicketPage {
  sourceId: string;
  scopeId: number;
  /**
   * Of several with the same external id, the newest is taken, and the last of
   * those that are equally new.
   */
  tickets: Ticket[];
  /** External ids that are no longer in the scope. */
  removed?: string[];
}

/** Until when trackers list what was filed in them. */
const LISTED_LATE_MS = 3_600_000;

/** How many rows one statement takes. */
const BATCH_SIZE = 1000;

const KEYS = ['source_id', 'external_id'];

/** Never over a newer version, which another page may just have written. */
const TAKE_NEWER = `do update set ${setExcluded(ticketColumns, KEYS)}
  where tickets.updated_at <= excluded.updated_at`;

const COLUMN_NAMES = Object.keys(ticketColumns) as (keyof TicketRow)[];

const { scope_id, container, facets, counts_until } = ticketColumns;
const { state, improvement, created_at, started_at, closed_at } = ticketColumns;

/** What the figures of a service follow from. */
const FIGURES = {
  scope_id,
  state,
  improvement,
  created_at,
  started_at,
  closed_at,
};

/** What decides which services a ticket belongs to, and until when it counts. */
const PLACE = { scope_id, container, facets, counts_until };

interface ServiceId {
  service_id: number;
}

interface WrittenRow {
  id: number;
  external_id: string;
  /** Whether it is new and was matched, as far as the database tells. */
  inserted: StoredBoolean;
  /** A service that it was matched with; there is a row for each. */
  service_id: number | null;
}

/**
 * Keeps the tickets of all sources and which services they belong to.
 *
 * @remarks
 *
 * Tickets are known by source and external id; one that is seen through another
 * scope moves there. A version of a ticket that is older than the stored one is
 * dropped, because reads overlap and may deliver a stale page late; one with the
 * same `updatedAt` is taken, because classification can change without it.
 */
export class TicketStore {
  static create(): TicketStore {
    return new TicketStore();
  }

  private constructor() {}

  /**
   * Stores a page and renews which services its tickets belong to. The
   * transaction has noted the progress of the scope before, and so holds its row:
   * a change of which services name the scope waits for the page, or the page for
   * the change. Otherwise each would match without what the other one adds.
   *
   * @returns the ids of the services whose figures may have changed
   */
  async storePage(
    tx: Knex.Transaction,
    page: StoredTicketPage,
  ): Promise<number[]> {
    const { removed = [], scopeId, tickets } = page;
    const touched = new Set<number>();
    const rows = new Map<string, TicketRow>();
    for (const ticket of tickets) {
      const row = rowOfTicket(ticket, page);
      const other = rows.get(row.external_id);
      if (!other || other.updated_at <= row.updated_at) {
        rows.set(row.external_id, row);
      }
    }
    const gone = removed.filter(id => !rows.has(storableText(id)));
    for (const batch of batchesOf([...rows.values()], BATCH_SIZE)) {
      for (const id of await this.#storeBatch(tx, batch)) touched.add(id);
    }
    if (gone.length) {
      const externalIds = gone;
      for (const id of await this.remove(tx, { scopeId, externalIds })) {
        touched.add(id);
      }
    }
    return [...touched].sort((a, b) => a - b);
  }

  /**
   * Stores a ticket that was just filed, unless it is stored already: any version
   * of it that was read is newer. The transaction holds the row of the scope, as
   * for a page.
   *
   * @returns the ids of the services that it belongs to, where it was stored
   */
  async storeFiled(
    tx: Knex.Transaction,
    filed: { sourceId: string; scopeId: number; ticket: Ticket },
  ): Promise<number[]> {
    const row = rowOfTicket(filed.ticket, filed);
    const written = await insert(tx, [row], 'do nothing');
    const unmatched = written
      .filter(({ inserted }) => !inserted)
      .map(({ id }) => id);
    return [
      ...written.flatMap(({ service_id }) => service_id ?? []),
      ...(await addMatches(tx, unmatched, filed.scopeId)),
    ].sort((a, b) => a - b);
  }

  async #storeBatch(
    tx: Knex.Transaction,
    batch: TicketRow[],
  ): Promise<Set<number>> {
    const stored = await storedRows(tx, batch);
    const changed = batch.filter(row => {
      const before = stored.get(row.external_id);
      return (
        !before ||
        (Number(before.updated_at) <= row.updated_at &&
          !isSameRow(before, row, ticketColumns))
      );
    });
    if (!changed.length) return new Set();

    const scopeId = batch[0].scope_id;
    const byExternalId = new Map(changed.map(row => [row.external_id, row]));
    const touched = new Set<number>();
    const moved: number[] = [];
    const counted: number[] = [];
    for (const written of await insert(tx, changed, TAKE_NEWER)) {
      const { external_id, id, inserted, service_id } = written;
      if (service_id !== null) touched.add(service_id);
      if (inserted) continue;
      const before = stored.get(external_id);
      const row = byExternalId.get(external_id);
      if (!before || !row || !isSameRow(before, row, PLACE)) moved.push(id);
      if (before && row && !isSameRow(before, row, FIGURES)) counted.push(id);
    }
    for (const ids of [
      await servicesOf(tx, counted),
      await removeMatches(tx, moved, scopeId),
      await addMatches(tx, moved, scopeId),
    ]) {
      ids.forEach(id => touched.add(id));
    }
    return touched;
  }

  /**
   * The external ids of everything that is stored of a scope. What a reconcile
   * that begins after this was read does not name, can be removed. Of what was
   * filed a moment ago and not read since, that says nothing: trackers list it
   * late.
   */
  async externalIds(
    db: Knex,
    scopeId: number,
    options: { now: Instant },
  ): Promise<Set<string>> {
    return new Set(
      await db('tickets')
        .where({ scope_id: scopeId })
        .andWhere(listed =>
          listed
            .where('updated_at', '>', 0)
            .orWhere('created_at', '<=', options.now - LISTED_LATE_MS),
        )
        .pluck('external_id'),
    );
  }

  /**
   * Removes tickets of a scope; those that moved to another scope stay.
   *
   * @returns the ids of the services whose figures may have changed
   */
  async remove(
    tx: Knex.Transaction,
    options: { scopeId: number; externalIds: Iterable<string> },
  ): Promise<number[]> {
    const { externalIds, scopeId } = options;
    const touched = new Set<number>();
    const given = Array.from(externalIds, id => storableText(id));
    for (const batch of batchesOf(given, BATCH_SIZE)) {
      const set = textSet(tx, batch);
      const condition = `scope_id = ? and ${set.includes('external_id')}
        and source_id = (select source_id from scopes where scopes.id = ?)`;
      const bindings = [scopeId, set.binding, scopeId];
      const matches = await queryRows<ServiceId>(
        tx,
        `delete from ticket_matches
         where ticket_id in (select id from tickets where ${condition})
         returning service_id`,
        bindings,
      );
      for (const match of matches) touched.add(match.service_id);
      await tx.raw(`delete from tickets where ${condition}`, bindings);
    }
    return [...touched].sort((a, b) => a - b);
  }

  /**
   * Renews which stored tickets belong to some services, after their
   * `service_scopes` changed in the same transaction.
   */
  async rematch(tx: Knex.Transaction, serviceIds: number[]): Promise<void> {
    for (const batch of batchesOf(serviceIds, BATCH_SIZE)) {
      const set = idSet(tx, batch);
      const scopes = await queryRows<Pick<TicketRow, 'scope_id'>>(
        tx,
        `select distinct scope_id from service_scopes
         where ${set.includes('service_id')}`,
        [set.binding],
      );
      await lockScopes(
        tx,
        scopes.map(scope => scope.scope_id),
      );
      await tx.raw(
        removeMatchesSql(
          tx,
          set.includes('service_id'),
          set.includes('ss.service_id'),
        ),
        [set.binding, set.binding],
      );
      await tx.raw(addMatchesSql(tx, set.includes('ss.service_id')), [
        set.binding,
      ]);
    }
  }
}

/**
 * Waits for the pages of some scopes that are being stored, and keeps further
 * ones waiting. SQLite has one writer anyway.
 */
async function lockScopes(tx: Knex.Transaction, scopeIds: number[]) {
  if (!isPostgres(tx)) return;
  const set = idSet(tx, scopeIds);
  await tx.raw(
    `select id from scopes where ${set.includes('id')}
     order by id for no key update`,
    [set.binding],
  );
}

async function storedRows(tx: Knex.Transaction, rows: TicketRow[]) {
  const set = textSet(
    tx,
    rows.map(row => row.external_id),
  );
  const stored = await queryRows<StoredTicketRow>(
    tx,
    `select id, ${COLUMN_NAMES.join(', ')} from tickets
     where source_id = ? and ${set.includes('external_id')}`,
    [rows[0].source_id, set.binding],
  );
  return new Map(stored.map(row => [row.external_id, row]));
}

/**
 * Answers what was written. In one order, so that pages of two scopes that hold
 * the same tickets wait for each other instead of deadlocking.
 *
 * @remarks
 *
 * PostgreSQL tells what is new: none has locked it yet. That is matched in the
 * same statement, because a first sync is made of it.
 */
async function insert(
  tx: Knex.Transaction,
  rows: TicketRow[],
  onConflict: string,
) {
  const ordered = [...rows].sort((a, b) =>
    a.external_id < b.external_id ? -1 : 1,
  );
  const writeSql = `${insertSql(tx, 'tickets', ticketColumns)}
    on conflict (${KEYS.join(', ')}) ${onConflict}`;
  if (!isPostgres(tx)) {
    return queryRows<WrittenRow>(
      tx,
      `${writeSql}
       returning id, external_id, 0 as inserted, null as service_id`,
      [JSON.stringify(ordered)],
    );
  }
  return queryRows<WrittenRow>(
    tx,
    `with written as (
       ${writeSql}
       returning id, external_id, scope_id, container, facets, counts_until,
         xmax = 0 as inserted
     ), matched as (
       ${matchInsertedSql(tx, 'written', 't.inserted and ss.scope_id = ?')}
     )
     select written.id, external_id, inserted, matched.service_id
     from written left join matched on matched.ticket_id = written.id`,
    [JSON.stringify(ordered), rows[0].scope_id],
  );
}

async function servicesOf(tx: Knex.Transaction, ticketIds: number[]) {
  if (!ticketIds.length) return [];
  const set = idSet(tx, ticketIds);
  const rows = await queryRows<ServiceId>(
    tx,
    `select distinct service_id from ticket_matches
     where ${set.includes('ticket_id')}`,
    [set.binding],
  );
  return rows.map(row => row.service_id);
}

/** Of tickets that are in one scope, in which they look for matchers. */
async function removeMatches(
  tx: Knex.Transaction,
  ticketIds: number[],
  scopeId: number,
) {
  if (!ticketIds.length) return [];
  const set = idSet(tx, ticketIds);
  const rows = await queryRows<ServiceId>(
    tx,
    removeMatchesSql(tx, set.includes('ticket_id'), 'ss.scope_id = ?'),
    [set.binding, scopeId],
  );
  return rows.map(row => row.service_id);
}

/** Of tickets that are in one scope, in which they look for matchers. */
async function addMatches(
  tx: Knex.Transaction,
  ticketIds: number[],
  scopeId: number,
) {
  if (!ticketIds.length) return [];
  const set = idSet(tx, ticketIds);
  const rows = await queryRows<ServiceId>(
    tx,
    addMatchesSql(tx, `${set.includes('t.id')} and ss.scope_id = ?`),
    [set.binding, scopeId],
  );
  return rows.map(row => row.service_id);
}
