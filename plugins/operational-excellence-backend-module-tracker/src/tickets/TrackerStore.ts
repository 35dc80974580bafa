import { ConflictError } from '@backstage/errors';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import { createHash } from 'crypto';
import { Knex } from 'knex';
import {
  decodeListCursor,
  encodeListCursor,
  TicketListQuery,
} from './TicketListQuery';
import {
  eventFromRow,
  EventRow,
  eventToRow,
  ticketFromRow,
  TicketRow,
  ticketToRow,
} from './rows';
import { eventsOfPast, PastTicket, progressOfPast } from './pastTicket';
import {
  NewTicket,
  TicketContent,
  TicketEvent,
  ticketKey,
  TrackerTicket,
} from './TrackerTicket';
import { Transition, transitionTicket } from './transitions';

/** Who changes something, and when. */
export interface Act {
  by: string;
  now: Instant;
}

/** An act on a ticket that was read before. */
export interface ActOnVersion extends Act {
  /** Fails where the ticket has another version by now. */
  ifVersion?: number;
}

export interface ImportedTicket {
  externalKey: string;
  key: string;
  /** Whether this import created it; else an earlier one had. */
  created: boolean;
}

/** Where a reader of changes stands; rows are ordered by both. */
export interface ChangePosition {
  writtenAt: Instant;
  id: number;
}

export interface ChangedTicket extends ChangePosition {
  ticket: TrackerTicket;
}

/** The built-in tracker's tickets and their stories. */
export class TrackerStore {
  readonly #db: Knex;

  private constructor(db: Knex) {
    this.#db = db;
  }

  static create(options: { db: Knex }): TrackerStore {
    return new TrackerStore(options.db);
  }

  /**
   * Creates a ticket, or answers the one that the same creator created under
   * the same idempotency key.
   *
   * @throws ConflictError where the key was used for another request
   */
  async create(
    request: NewTicket,
    act: Act & { idempotencyKey?: string },
  ): Promise<{ ticket: TrackerTicket; created: boolean }> {
    const { by, now, idempotencyKey } = act;
    const requestHash = hashOf(request);
    const row = {
      ...ticketToRow({
        ...request,
        state: 'open',
        createdAt: now,
        startedAt: null,
        closedAt: null,
        updatedAt: now,
        createdBy: by,
        version: 1,
      }),
      written_at: now,
      idempotency_key: idempotencyKey ?? null,
      request_hash: requestHash,
    };
    // One transaction, so that no ticket is left without its first event. Of two
    // requests with one key at once, the second waits here for the first.
    return this.#db.transaction(async tx => {
      const [inserted] = await tx<TicketRow>('tracker_tickets')
        .insert(row)
        .onConflict(['created_by', 'idempotency_key'])
        .ignore()
        .returning('*');
      if (inserted) {
        await addEvents(tx, inserted.id, [
          { kind: 'created', at: now, by, fields: [] },
        ]);
        return { ticket: ticketFromRow(inserted), created: true };
      }

      const earlier = await tx<TicketRow>('tracker_tickets')
        .where({ created_by: by, idempotency_key: idempotencyKey })
        .first();
      if (earlier?.request_hash !== requestHash) {
        throw new ConflictError(
          'The idempotency key was already used for another ticket; take a new one for each ticket',
        );
      }
      return { ticket: ticketFromRow(earlier), created: false };
    });
  }

  /** The ticket that somebody created under an idempotency key. */
  async findCreated(
    createdBy: string,
    idempotencyKey: string,
  ): Promise<TrackerTicket | undefined> {
    const row = await this.#db<TicketRow>('tracker_tickets')
      .where({ created_by: createdBy, idempotency_key: idempotencyKey })
      .first();
    return row && ticketFromRow(row);
  }

  /**
   * Creates tickets that have a past. One that was imported before, under the
   * same external key, is left as it is by now.
   */
  async import(tickets: PastTicket[], act: Act): Promise<ImportedTicket[]> {
    if (!tickets.length) return [];
    const { by, now } = act;
    const rows = tickets.map(ticket => ({
      ...ticketToRow({
        ...ticket,
        ...progressOfPast(ticket),
        createdBy: by,
        version: 1,
      }),
      written_at: now,
      external_key: ticket.externalKey,
    }));
    return this.#db.transaction(async tx => {
      const inserted: Pick<TicketRow, 'id' | 'external_key'>[] = [];
      for (const chunk of chunked(rows)) {
        inserted.push(
          ...(await tx('tracker_tickets')
            .insert(chunk)
            .onConflict('external_key')
            .ignore()
            .returning(['id', 'external_key'])),
        );
      }
      const created = new Map(
        inserted.map(({ external_key, id }) => [external_key, id]),
      );

      const events = tickets.flatMap(ticket => {
        const id = created.get(ticket.externalKey);
        return id === undefined
          ? []
          : eventsOfPast(ticket, by).map(event => eventToRow(id, event));
      });
      for (const chunk of chunked(events)) {
        await tx('tracker_ticket_events').insert(chunk);
      }

      const stored = await tx<TicketRow>('tracker_tickets')
        .select('id', 'external_key')
        .whereIn(
          'external_key',
          tickets.map(({ externalKey }) => externalKey),
        );
      const ids = new Map(
        stored.map(({ external_key, id }) => [external_key, id]),
      );
      return tickets.map(({ externalKey }) => ({
        externalKey,
        key: ticketKey(ids.get(externalKey)!),
        created: created.has(externalKey),
      }));
    });
  }

  async find(id: number): Promise<TrackerTicket | undefined> {
    const row = await this.#db<TicketRow>('tracker_tickets')
      .where({ id })
      .first();
    return row && ticketFromRow(row);
  }

  /** What happened to a ticket, oldest first. */
  async events(id: number): Promise<TicketEvent[]> {
    const rows = await this.#db<EventRow>('tracker_ticket_events')
      .where({ ticket_id: id })
      .orderBy([{ column: 'at' }, { column: 'id' }]);
    return rows.map(eventFromRow);
  }

  async list(query: TicketListQuery): Promise<{
    tickets: TrackerTicket[];
    totalItems: number;
    nextCursor?: string;
  }> {
    const { entityRefs, states, sort, limit, cursor } = query;
    const column = sort.endsWith('createdAt') ? 'created_at' : 'updated_at';
    const descending = sort.startsWith('-');
    const matching = () => {
      const tickets = this.#db<TicketRow>('tracker_tickets').whereIn(
        'entity_ref',
        entityRefs,
      );
      return states.length ? tickets.whereIn('state', states) : tickets;
    };

    const page = matching()
      .orderBy([
        { column, order: descending ? 'desc' : 'asc' },
        { column: 'id', order: descending ? 'desc' : 'asc' },
      ])
      .limit(limit + 1);
    if (cursor !== undefined) {
      const { at, id } = decodeListCursor(cursor, sort);
      page.whereRaw(`(??, ??) ${descending ? '<' : '>'} (?, ?)`, [
        column,
        'id',
        at,
        id,
      ]);
    }
    const rows: TicketRow[] = await page;
    const [{ count }] = await matching().count({ count: '*' });

    const shown = rows.slice(0, limit);
    const last = shown[shown.length - 1];
    return {
      tickets: shown.map(ticketFromRow),
      totalItems: Number(count),
      ...(rows.length > limit && {
        nextCursor: encodeListCursor({
          sort,
          at: Number(last[column]),
          id: last.id,
        }),
      }),
    };
  }

  /**
   * Changes what people wrote. A change of nothing leaves the version as it is.
   *
   * @throws ConflictError where the ticket has changed meanwhile
   */
  async update(
    ticket: TrackerTicket,
    changes: Partial<TicketContent>,
    act: ActOnVersion,
  ): Promise<TrackerTicket> {
    const fields = (Object.keys(changes) as (keyof TicketContent)[]).filter(
      field =>
        changes[field] !== undefined &&
        JSON.stringify(changes[field]) !== JSON.stringify(ticket[field]),
    );
    assertVersion(ticket, act.ifVersion);
    if (!fields.length) return ticket;
    const changed = Object.fromEntries(
      fields.map(field => [field, changes[field]]),
    );
    return this.#write({ ...ticket, ...changed }, act, {
      kind: 'updated',
      fields,
    });
  }

  /**
   * Starts, closes or reopens a ticket.
   *
   * @throws ConflictError where its state does not allow that, or where it has
   * changed meanwhile
   */
  async transition(
    ticket: TrackerTicket,
    transition: Transition,
    act: ActOnVersion,
  ): Promise<TrackerTicket> {
    assertVersion(ticket, act.ifVersion);
    const { progress, event } = transitionTicket(ticket, transition, act.now);
    return this.#write({ ...ticket, ...progress }, act, {
      kind: event,
      fields: [],
    });
  }

  /** Tickets after a position, in the order in which they were written. */
  async changedAfter(
    position: ChangePosition,
    limit: number,
  ): Promise<ChangedTicket[]> {
    const rows = await this.#db<TicketRow>('tracker_tickets')
      .whereRaw('(written_at, id) > (?, ?)', [position.writtenAt, position.id])
      .orderBy([{ column: 'written_at' }, { column: 'id' }])
      .limit(limit);
    return rows.map(row => ({
      writtenAt: Number(row.written_at),
      id: row.id,
      ticket: ticketFromRow(row),
    }));
  }

  /** The ids above another one, ascending. */
  async idsAfter(id: number, limit: number): Promise<number[]> {
    return this.#db<TicketRow>('tracker_tickets')
      .where('id', '>', id)
      .orderBy('id')
      .limit(limit)
      .pluck('id');
  }

  async #write(
    ticket: TrackerTicket,
    act: Act,
    event: Pick<TicketEvent, 'kind' | 'fields'>,
  ): Promise<TrackerTicket> {
    const { by, now } = act;
    const written = {
      ...ticket,
      updatedAt: now,
      version: ticket.version + 1,
    };
    // The version in the condition lets only one of two acts on the same state
    // of a ticket through.
    return this.#db.transaction(async tx => {
      const count = await tx('tracker_tickets')
        .where({ id: ticket.id, version: ticket.version })
        .update({ ...ticketToRow(written), written_at: now });
      if (count === 0) throw changedMeanwhile(ticket);
      await addEvents(tx, ticket.id, [{ ...event, at: now, by }]);
      return written;
    });
  }
}

/** SQLite takes a bounded number of rows in one statement. */
function* chunked<T>(rows: T[], size = 100): Iterable<T[]> {
  for (let start = 0; start < rows.length; start += size) {
    yield rows.slice(start, start + size);
  }
}

async function addEvents(
  tx: Knex.Transaction,
  ticketId: number,
  events: TicketEvent[],
) {
  await tx('tracker_ticket_events').insert(
    events.map(event => eventToRow(ticketId, event)),
  );
}

function assertVersion(ticket: TrackerTicket, ifVersion?: number) {
  if (ifVersion !== undefined && ifVersion !== ticket.version) {
    throw changedMeanwhile(ticket);
  }
}

function changedMeanwhile(ticket: TrackerTicket) {
  return new ConflictError(
    `${ticketKey(
      ticket.id,
    )} was changed by somebody else meanwhile; read it again and repeat what still applies`,
  );
}

function hashOf(request: NewTicket) {
  const { entityRef, title, description, labels, priority, assignee } = request;
  return createHash('sha256')
    .update(
      JSON.stringify([
        entityRef,
        title,
        description,
        labels,
        priority,
        assignee,
        request.improvement,
      ]),
    )
    .digest('hex');
}
