import { setTimeout as sleep } from 'node:timers/promises';
import {
  ServiceDescriptor,
  Ticket,
  TicketPage,
  TicketScope,
  TicketSource,
  TicketSyncScope,
} from 'backstage-plugin-operational-excellence-node';
import { ANNOTATION_SCOPE } from './SimulatedCatalog';
import { PAGE_SIZE } from './settings';

const DAY_MS = 86_400_000;

/** What a source is asked for, counted as a tracker would count it. */
export interface TrackerRequests {
  pages: number;
  verifications: number;
}

/**
 * A tracker in this process that answers at once, unless told otherwise: what is
 * measured with it is the sync, not an upstream. It keeps no tickets, but makes each up anew from its
 * number, so that it takes no memory.
 */
export class SimulatedTracker implements TicketSource {
  readonly id = 'simulated';
  readonly title = 'Simulated tracker';
  readonly annotations = [ANNOTATION_SCOPE];
  /** Only when asked to, after the first time. */
  readonly schedule = { every: 'P1D', tolerance: 'P2D' };
  readonly requests: TrackerRequests = { pages: 0, verifications: 0 };
  /** Lets the first sync begin, which waits until the services are known. */
  open!: () => void;

  readonly #opened = new Promise<void>(resolve => {
    this.open = resolve;
  });
  readonly #latencyMs: number;
  readonly #ticketsPerScope: number;
  readonly #startedAt = Date.now();
  /** By scope, the numbers of tickets that changed since the start. */
  readonly #changed = new Map<string, number[]>();

  /** @param options - `latencyMs`: how long a page takes, if not none at all */
  constructor(options: {
    tickets: number;
    scopes: number;
    latencyMs?: number;
  }) {
    this.#latencyMs = options.latencyMs ?? 0;
    this.#ticketsPerScope = Math.ceil(options.tickets / options.scopes);
  }

  /** Changes some tickets of a scope; answers how many pages they fill. */
  touch(scope: string, tickets: number): number {
    const changed = this.#changed.get(scope) ?? [];
    for (let index = 0; index < tickets; index++) changed.push(index);
    this.#changed.set(scope, changed);
    return Math.ceil(tickets / PAGE_SIZE);
  }

  scopesFor(service: ServiceDescriptor): TicketScope[] {
    const key = service.annotations[ANNOTATION_SCOPE];
    if (key === undefined) return [];
    const container = `${key}/${service.entityRef}`;
    return [{ key, title: key, matcher: { container } }];
  }

  async verify(): Promise<void> {
    this.requests.verifications += 1;
    await this.#opened;
  }

  async *changes(
    scope: TicketSyncScope,
    options: { cursor?: string },
  ): AsyncIterable<TicketPage> {
    const changed = this.#changed.get(scope.key) ?? [];
    const end = this.#ticketsPerScope + changed.length;
    let position = Number(options.cursor ?? 0);
    do {
      const to = Math.min(end, position + PAGE_SIZE);
      const tickets: Ticket[] = [];
      for (; position < to; position++) {
        const isChange = position >= this.#ticketsPerScope;
        const number = isChange
          ? changed[position - this.#ticketsPerScope]
          : position;
        tickets.push(this.#ticket(scope, number, isChange ? position : 0));
      }
      this.requests.pages += 1;
      if (this.#latencyMs > 0) await sleep(this.#latencyMs);
      yield { tickets, cursor: String(position), requests: 1 };
    } while (position < end);
  }

  #ticket(scope: TicketSyncScope, number: number, version: number): Ticket {
    const { containers, key } = scope;
    const container = containers[number % containers.length];
    // The how manieth of its service it is.
    const turn = Math.floor(number / containers.length);
    const turns = Math.ceil(this.#ticketsPerScope / containers.length);
    // The services of a scope differ in how old their backlogs are, which does
    // not depend on how many tickets they have.
    const spread = 30 + ((containers.indexOf(container) * 37) % 180);
    const createdAt =
      this.#startedAt -
      (spread * DAY_MS * (turns - turn)) / turns -
      number * 1000;
    const isOpen = turn % 5 === 0;
    return {
      externalId: `${key}#${number}`,
      key: `${key}#${number}`,
      url: `https://tracker.example.com/${key}/issues/${number}`,
      title: `Improve what number ${number} of ${key} found, version ${version}`,
      state: isOpen ? 'open' : 'done',
      improvement: turn % 3 === 0,
      createdAt,
      startedAt: null,
      closedAt: isOpen
        ? null
        : Math.min(createdAt + 20 * DAY_MS, this.#startedAt),
      updatedAt: this.#startedAt + version,
      labels: ['improvement', `area-${number % 7}`],
      priority: number % 2 ? 'high' : null,
      assignee: null,
      container,
      facets: [],
    };
  }
}
