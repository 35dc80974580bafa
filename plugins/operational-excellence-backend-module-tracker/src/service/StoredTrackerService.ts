import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, stringifyError } from '@backstage/errors';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import { OperationalExcellenceSyncExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { TRACKER_SCOPE_KEY, TRACKER_SOURCE_ID } from '../source';
import {
  Act,
  NewTicket,
  PastTicket,
  problemOfPast,
  TicketContent,
  ticketIdOf,
  TicketListQuery,
  TrackerStore,
  TrackerTicket,
  Transition,
} from '../tickets';
import {
  Caller,
  CallOptions,
  ChangeOptions,
  TrackerService,
} from './TrackerService';

export interface StoredTrackerServiceOptions {
  store: TrackerStore;
  sync: OperationalExcellenceSyncExtensionPoint;
  logger: LoggerService;
  now?: () => Instant;
}

/** Keeps tickets in the store, and has the figures follow each change. */
export class StoredTrackerService implements TrackerService {
  readonly #store: TrackerStore;
  readonly #sync: OperationalExcellenceSyncExtensionPoint;
  readonly #logger: LoggerService;
  readonly #now: () => Instant;

  private constructor(options: StoredTrackerServiceOptions) {
    this.#store = options.store;
    this.#sync = options.sync;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  static create(options: StoredTrackerServiceOptions): StoredTrackerService {
    return new StoredTrackerService(options);
  }

  async create(
    ticket: NewTicket,
    options: CallOptions & { idempotencyKey?: string },
  ) {
    const result = await this.#store.create(ticket, {
      ...this.#act(options),
      idempotencyKey: options.idempotencyKey,
    });
    if (result.created) await this.#followUp();
    return result;
  }

  async get(key: string) {
    const ticket = await this.#find(key);
    return { ticket, events: await this.#store.events(ticket.id) };
  }

  async list(query: TicketListQuery) {
    return this.#store.list(query);
  }

  async update(
    key: string,
    changes: Partial<TicketContent>,
    options: ChangeOptions,
  ) {
    const ticket = await this.#find(key);
    const updated = await this.#store.update(ticket, changes, {
      ...this.#act(options),
      ifVersion: options.ifVersion,
    });
    if (updated.version !== ticket.version) await this.#followUp();
    return updated;
  }

  async transition(
    key: string,
    transition: Transition,
    options: ChangeOptions,
  ) {
    const ticket = await this.#find(key);
    const moved = await this.#store.transition(ticket, transition, {
      ...this.#act(options),
      ifVersion: options.ifVersion,
    });
    await this.#followUp();
    return moved;
  }

  async import(tickets: PastTicket[], options: CallOptions) {
    const act = this.#act(options);
    const keys = new Set<string>();
    tickets.forEach((ticket, index) => {
      const { externalKey } = ticket;
      const problem = keys.has(externalKey)
        ? 'the external key occurs twice'
        : problemOfPast(ticket, act.now);
      if (problem) {
        throw new InputError(
          `tickets[${index}] (${JSON.stringify(externalKey)}): ${problem}`,
        );
      }
      keys.add(externalKey);
    });

    const imported = await this.#store.import(tickets, act);
    if (imported.some(({ created }) => created)) await this.#followUp();
    return imported;
  }

  async #find(key: string): Promise<TrackerTicket> {
    const id = ticketIdOf(key);
    const ticket = id === undefined ? undefined : await this.#store.find(id);
    if (!ticket) throw new NotFoundError(`There is no ticket ${key}`);
    return ticket;
  }

  #act({ credentials }: CallOptions): Act {
    return { by: nameOf(credentials), now: this.#now() };
  }

  /** The change is stored: if it is not heard of now, the schedule finds it. */
  async #followUp() {
    try {
      await this.#sync.requestSync({
        sourceId: TRACKER_SOURCE_ID,
        scopeKey: TRACKER_SCOPE_KEY,
      });
    } catch (error) {
      this.#logger.warn(
        `The figures follow a change in the built-in tracker only with its next scheduled synchronisation: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}

function nameOf({ principal }: Caller): string {
  return principal.type === 'user'
    ? principal.userEntityRef
    : principal.subject;
}
