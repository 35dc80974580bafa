import { FiledTicket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { isPostgres, queryRows } from '../../database';
import { StatusUpdater } from '../../status';
import { inTransaction } from '../../sync/inTransaction';
import { ScopeContainers } from '../../sync/ScopeContainers';
import { TicketStore } from '../../tickets';
import { ClaimedImprovement, OutboxClaims } from './OutboxClaims';

interface FiledTicketsOptions {
  claims: OutboxClaims;
  db: Knex;
  status: StatusUpdater;
  tickets: TicketStore;
}

/** Keeps the tickets of improvements that were just filed. */
export class FiledTickets {
  readonly #claims: OutboxClaims;
  readonly #db: Knex;
  readonly #status: StatusUpdater;
  readonly #tickets: TicketStore;
  readonly #containers = ScopeContainers.create();

  static create(options: FiledTicketsOptions) {
    return new FiledTickets(options);
  }

  private constructor({ claims, db, status, tickets }: FiledTicketsOptions) {
    this.#claims = claims;
    this.#db = db;
    this.#status = status;
    this.#tickets = tickets;
  }

  /**
   * Notes that an improvement is filed, and has its ticket count at once: as the
   * version of it that is older than any that a sync brings.
   *
   * @remarks
   *
   * In one transaction, so that nobody sees a filed improvement without ticket.
   * It holds the scope, so that a page of it, which may bring the same ticket,
   * waits for this or this for the page.
   */
  async store(claimed: ClaimedImprovement, ticket: FiledTicket): Promise<void> {
    await inTransaction(this.#db, async tx => {
      const scopeId = await lockedScope(tx, claimed);
      const createdAt = await this.#claims.markFiled(tx, claimed, ticket);
      if (createdAt === undefined || scopeId === undefined) return;
      const { allOf, container, sourceId } = claimed.destination;
      const touched = await this.#tickets.storeFiled(tx, {
        sourceId,
        scopeId,
        ticket: {
          ...ticket,
          title: claimed.title,
          state: 'open',
          improvement: true,
          createdAt,
          startedAt: null,
          closedAt: null,
          updatedAt: 0,
          labels: [],
          priority: claimed.priority,
          assignee: null,
          container,
          facets: allOf,
        },
      });
      // As in a run: what was never read as a whole gives no figures.
      const awaiting = await this.#containers.awaiting(tx, scopeId);
      await this.#status.recomputeBacklogs(
        tx,
        touched.filter(id => !awaiting.has(id)),
      );
    });
  }
}

/**
 * Locks the scope; SQLite has one writer anyway. From then on PostgreSQL commits
 * without waiting for the disk, for somebody waits for the answer: should it crash
 * in the next moments and forget the outcome, the doubt is back, which it had to
 * keep, and the ticket is looked for and found.
 */
async function lockedScope(
  tx: Knex.Transaction,
  { destination }: ClaimedImprovement,
): Promise<number | undefined> {
  const [columns, lock] = isPostgres(tx)
    ? [`id, set_config('synchronous_commit', 'off', true)`, 'for no key update']
    : ['id', ''];
  const [row] = await queryRows<{ id: number }>(
    tx,
    `select ${columns} from scopes
     where source_id = ? and key = ? and kind = 'ticket' ${lock}`,
    [destination.sourceId, destination.scopeKey],
  );
  return row?.id;
}
