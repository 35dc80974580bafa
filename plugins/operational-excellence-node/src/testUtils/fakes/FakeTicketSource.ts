import { z } from 'zod';
import {
  FiledTicket,
  FileTicketRequest,
  HintedTickets,
  MalformedAnnotationError,
  MalformedEventError,
  ServiceDescriptor,
  SourceEvents,
  SourceSchedule,
  Ticket,
  TicketPage,
  TicketScope,
  TicketSource,
  TicketSyncScope,
} from '../../sources';
import {
  ANNOTATION_FAKE_PROJECT,
  FAKE_TICKETS_TOPIC,
  FakeTicketUpstream,
} from './FakeTicketUpstream';

/** What an event of a fake tracker holds. */
const eventSchema = z.object({
  tracker: z.string(),
  project: z.string(),
  ticket: z.string().regex(/^\d+$/),
});

/** How far a run reads back behind the newest change seen. */
const OVERLAP_MS = 10 * 60 * 1000;

interface Cursor {
  /** The newest change seen. */
  newest: number;
  /** Set within a run: the last ticket of the page. */
  after?: [updatedAt: number, id: number];
}

/**
 * A ticket source over a tracker in memory, which tests change and make fail
 * through {@link FakeTicketSource.upstream}. Services name a project of it by
 * the annotation `fake/project`.
 *
 * @public
 */
export class FakeTicketSource implements TicketSource {
  readonly annotations = [ANNOTATION_FAKE_PROJECT];
  readonly events: SourceEvents = {
    topics: [FAKE_TICKETS_TOPIC],
    hintsOf: ({ eventPayload }) => {
      const { data, error } = eventSchema.safeParse(eventPayload);
      if (error) {
        throw new MalformedEventError(
          'tracker, project and the number of a ticket',
        );
      }
      return data.tracker === this.id
        ? [{ scopeKey: data.project, ref: data.ticket }]
        : [];
    },
  };

  static create(options?: {
    /** `fake:tickets` if left out. */
    id?: string;
    title?: string;
    schedule?: SourceSchedule;
    /** The project of {@link FakeTicketUpstream.create}; `acme` if left out. */
    project?: string;
    /** 3 if left out. */
    pageSize?: number;
    now?: () => number;
  }): FakeTicketSource {
    const id = options?.id ?? 'fake:tickets';
    return new FakeTicketSource(
      id,
      options?.title ?? 'Fake tracker',
      options?.schedule,
      new FakeTicketUpstream({
        sourceId: id,
        project: options?.project ?? 'acme',
        pageSize: options?.pageSize ?? 3,
        now: options?.now ?? Date.now,
      }),
    );
  }

  private constructor(
    readonly id: string,
    readonly title: string,
    readonly schedule: SourceSchedule | undefined,
    readonly upstream: FakeTicketUpstream,
  ) {}

  scopesFor(service: ServiceDescriptor): TicketScope[] {
    const project = service.annotations[ANNOTATION_FAKE_PROJECT];
    if (project === undefined) return [];
    if (!/^[\w./-]+$/.test(project)) {
      throw new MalformedAnnotationError(
        ANNOTATION_FAKE_PROJECT,
        project,
        'the name of a project, such as acme',
      );
    }
    return [
      {
        key: project,
        title: project,
        url: `https://tracker.example/${project}`,
        matcher: { container: project },
      },
    ];
  }

  async verify(options: { signal: AbortSignal }): Promise<void> {
    await this.upstream.whoAmI(options.signal);
  }

  async *changes(
    scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ): AsyncIterable<TicketPage> {
    const { cursor, signal } = options;
    let position: Cursor = cursor ? JSON.parse(cursor) : { newest: 0 };
    for (;;) {
      const tickets = await this.upstream.list(
        {
          projects: scope.containers,
          after: position.after ?? [position.newest - OVERLAP_MS, 0],
        },
        signal,
      );
      const last = tickets.at(-1);
      const newest = Math.max(position.newest, last?.updatedAt ?? 0);
      const isLast = tickets.length < this.upstream.pageSize;
      position = {
        newest,
        after: last && !isLast ? positionOf(last) : undefined,
      };
      yield { tickets, cursor: JSON.stringify(position), requests: 1 };
      if (isLast) return;
    }
  }

  async *reconcile(
    scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): AsyncIterable<string[]> {
    let after: [number, number] = [0, 0];
    for (;;) {
      const tickets = await this.upstream.list(
        { projects: scope.containers, after },
        options.signal,
      );
      yield tickets.map(ticket => ticket.externalId);
      if (tickets.length < this.upstream.pageSize) return;
      after = positionOf(tickets.at(-1)!);
    }
  }

  async *readHinted(
    scope: TicketSyncScope,
    options: { refs: readonly string[]; signal: AbortSignal },
  ): AsyncIterable<HintedTickets> {
    const { refs, signal } = options;
    const { pageSize } = this.upstream;
    for (let start = 0; start < refs.length; start += pageSize) {
      const externalIds = refs.slice(start, start + pageSize);
      const tickets = await this.upstream.read(
        { projects: scope.containers, externalIds },
        signal,
      );
      const isOneGone = tickets.length < externalIds.length;
      yield { tickets, isOneGone, requests: 1 };
    }
  }

  async file(
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    return filed(
      await this.upstream.file(request, options.idempotencyKey, options.signal),
    );
  }

  async findFiled(
    idempotencyKey: string,
    _scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    const found = await this.upstream.findMarked(
      idempotencyKey,
      options.signal,
    );
    return found && filed(found);
  }
}

function positionOf(ticket: Ticket): [number, number] {
  return [ticket.updatedAt, Number(ticket.externalId)];
}

function filed({ externalId, key, url }: Ticket): FiledTicket {
  return { externalId, key, url };
}
