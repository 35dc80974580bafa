import {
  ANNOTATION_TRACKER,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import {
  FiledTicket,
  FileTicketRequest,
  MalformedAnnotationError,
  ServiceDescriptor,
  Ticket,
  TicketPage,
  TicketScope,
  TicketSource,
  TicketSyncScope,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import {
  newTicketSchema,
  ticketKey,
  TrackerStore,
  TrackerTicket,
} from '../tickets';
import { problemsOf } from '../validation';
import { encodeChangesCursor, positionAfter } from './ChangesCursor';

export const TRACKER_SOURCE_ID = 'tracker';
export const TRACKER_SCOPE_KEY = 'tracker';

const ANNOTATION_VALUE = 'built-in';
/** Whoever asks the source to file: the plugin itself. */
const FILED_BY = 'plugin:operational-excellence';

/**
 * The built-in tracker as a source of tickets: one scope, in which every entity
 * is a container.
 */
export class TrackerSource implements TicketSource {
  readonly id = TRACKER_SOURCE_ID;
  readonly title = 'Built-in tracker';
  readonly isBuiltIn = true;
  readonly annotations = [ANNOTATION_TRACKER];
  readonly schedule = { every: 'PT1M' };

  readonly #store: TrackerStore;
  readonly #labels: ReadonlySet<string>;
  readonly #rule: string;
  readonly #pageSize: number;
  readonly #now: () => Instant;

  private constructor(options: TrackerSourceOptions) {
    this.#store = options.store;
    this.#labels = new Set(options.improvementLabels);
    this.#rule = JSON.stringify([...this.#labels].sort());
    this.#pageSize = options.pageSize ?? 500;
    this.#now = options.now ?? Date.now;
  }

  static create(options: TrackerSourceOptions): TrackerSource {
    return new TrackerSource(options);
  }

  scopesFor(service: ServiceDescriptor): TicketScope[] {
    const annotation = service.annotations[ANNOTATION_TRACKER];
    if (annotation !== undefined && annotation !== ANNOTATION_VALUE) {
      throw new MalformedAnnotationError(
        ANNOTATION_TRACKER,
        annotation,
        `"${ANNOTATION_VALUE}", or no such annotation`,
      );
    }
    return [
      {
        key: TRACKER_SCOPE_KEY,
        title: this.title,
        matcher: { container: service.entityRef },
        implicit: annotation === undefined,
      },
    ];
  }

  async verify(options: { signal: AbortSignal }): Promise<void> {
    options.signal.throwIfAborted();
    await this.#store.idsAfter(0, 1);
  }

  async *changes(
    _scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ): AsyncIterable<TicketPage> {
    let position = positionAfter(options.cursor, this.#rule);
    for (;;) {
      options.signal.throwIfAborted();
      const readAt = this.#now();
      const rows = await this.#store.changedAfter(position, this.#pageSize);
      position = rows.at(-1) ?? position;
      yield {
        tickets: rows.map(({ ticket }) => this.#toTicket(ticket)),
        cursor: encodeChangesCursor(position, { readAt, rule: this.#rule }),
        requests: 1,
      };
      if (rows.length < this.#pageSize) return;
    }
  }

  async *reconcile(
    _scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): AsyncIterable<string[]> {
    for (let last: number | undefined = 0; last !== undefined; ) {
      options.signal.throwIfAborted();
      const ids: number[] = await this.#store.idsAfter(last, this.#pageSize);
      yield ids.map(String);
      last = ids.length < this.#pageSize ? undefined : ids.at(-1);
    }
  }

  async file(
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    options.signal.throwIfAborted();
    const { title, description, labels, priority } = request;
    const ticket = newTicketSchema.safeParse({
      entityRef: request.container,
      title,
      description,
      labels,
      priority,
      improvement: true,
    });
    if (!ticket.success) {
      throw new UpstreamError({
        kind: 'rejected',
        source: this.id,
        operation: 'filing a ticket',
        detail: problemsOf(ticket.error),
      });
    }
    const created = await this.#store.create(ticket.data, {
      by: FILED_BY,
      now: this.#now(),
      idempotencyKey: options.idempotencyKey,
    });
    return toFiled(created.ticket);
  }

  async findFiled(
    idempotencyKey: string,
    _scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    options.signal.throwIfAborted();
    const ticket = await this.#store.findCreated(FILED_BY, idempotencyKey);
    return ticket && toFiled(ticket);
  }

  #toTicket(ticket: TrackerTicket): Ticket {
    return {
      externalId: String(ticket.id),
      key: ticketKey(ticket.id),
      url: null,
      title: ticket.title,
      state: ticket.state,
      improvement:
        ticket.improvement ||
        ticket.labels.some(label => this.#labels.has(label.toLowerCase())),
      createdAt: ticket.createdAt,
      startedAt: ticket.startedAt,
      closedAt: ticket.closedAt,
      updatedAt: ticket.updatedAt,
      labels: ticket.labels,
      priority: ticket.priority,
      assignee: ticket.assignee,
      container: ticket.entityRef,
      facets: [],
    };
  }
}

export interface TrackerSourceOptions {
  store: TrackerStore;
  /** Lower case. */
  improvementLabels: readonly string[];
  /** How many tickets a page holds; 500 if left out. */
  pageSize?: number;
  now?: () => Instant;
}

function toFiled({ id }: TrackerTicket): FiledTicket {
  return { externalId: String(id), key: ticketKey(id), url: null };
}
