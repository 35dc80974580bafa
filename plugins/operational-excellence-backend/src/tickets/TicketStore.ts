import { Ticket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';

/** What a source delivered of one of its scopes. */
export interface StoredTicketPage {
  sourceId: string;
  scopeId: number;
  /** Of several with the same external id, the last one is taken. */
  tickets: Ticket[];
  /** External ids that are no longer in the scope. */
  removed?: string[];
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
   * Stores a page and renews which services its tickets belong to.
   *
   * @returns the ids of the services whose figures may have changed
   */
  async storePage(
    _tx: Knex.Transaction,
    _page: StoredTicketPage,
  ): Promise<number[]> {
    throw new Error('Not written yet');
  }

  /**
   * The external ids of everything that is stored of a scope. What a reconcile
   * that begins after this was read does not name, can be removed.
   */
  async externalIds(_db: Knex, _scopeId: number): Promise<Set<string>> {
    throw new Error('Not written yet');
  }

  /**
   * Removes tickets of a scope; those that moved to another scope stay.
   *
   * @returns the ids of the services whose figures may have changed
   */
  async remove(
    _tx: Knex.Transaction,
    _options: { scopeId: number; externalIds: Iterable<string> },
  ): Promise<number[]> {
    throw new Error('Not written yet');
  }

  /**
   * Renews which stored tickets belong to some services, after their
   * `service_scopes` changed in the same transaction.
   */
  async rematch(_tx: Knex.Transaction, _serviceIds: number[]): Promise<void> {
    throw new Error('Not written yet');
  }
}
