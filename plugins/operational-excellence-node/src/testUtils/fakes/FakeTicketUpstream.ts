import { EventParams } from '@backstage/plugin-events-node';
import { FileTicketRequest, ServiceDescriptor, Ticket } from '../../sources';
import { TicketUpstreamDriver } from '../contracts/TicketUpstreamDriver';
import { FakeUpstream } from './FakeUpstream';

/** @public */
export const ANNOTATION_FAKE_PROJECT = 'fake/project';

/**
 * The topic of the events of all fake trackers.
 *
 * @public
 */
export const FAKE_TICKETS_TOPIC = 'fake.tickets';

/**
 * What a ticket of a {@link FakeTicketUpstream} is created with; all but the
 * title and the class have defaults.
 *
 * @public
 */
export type FakeTicketInput = Pick<Ticket, 'title' | 'improvement'> &
  Partial<Omit<Ticket, 'externalId' | 'title' | 'improvement' | 'container'>>;

/** A ticket as the fake keeps it. */
interface Row {
  ticket: Ticket;
  indexed: boolean;
  marker?: string;
}

/**
 * A tracker in memory. It keeps instants of change to the second, as real ones
 * do.
 *
 * @public
 */
export class FakeTicketUpstream
  extends FakeUpstream
  implements TicketUpstreamDriver
{
  readonly pageSize: number;
  readonly service: ServiceDescriptor;
  readonly malformedAnnotations = [{ [ANNOTATION_FAKE_PROJECT]: 'no spaces!' }];
  readonly fileRequest: TicketUpstreamDriver['fileRequest'];
  readonly unrelatedEvents: readonly EventParams[];
  readonly malformedEvents: readonly EventParams[];
  readonly #sourceId: string;
  readonly #project: string;
  readonly #now: () => number;
  readonly #rows = new Map<string, Row>();
  #losesNextAnswer = false;
  #lastId = 0;

  constructor(options: {
    sourceId: string;
    project: string;
    pageSize: number;
    now: () => number;
  }) {
    super(options.sourceId);
    this.#sourceId = options.sourceId;
    this.pageSize = options.pageSize;
    this.#project = options.project;
    this.#now = options.now;
    this.service = {
      entityRef: 'component:default/fake',
      title: 'Fake',
      annotations: { [ANNOTATION_FAKE_PROJECT]: options.project },
    };
    this.fileRequest = {
      scopeKey: options.project,
      container: options.project,
      labels: [],
      priority: null,
    };
    this.unrelatedEvents = [
      {
        topic: FAKE_TICKETS_TOPIC,
        eventPayload: {
          tracker: 'another:tracker',
          project: options.project,
          ticket: '1',
        },
      },
    ];
    this.malformedEvents = [
      {
        topic: FAKE_TICKETS_TOPIC,
        eventPayload: {
          tracker: options.sourceId,
          project: options.project,
          ticket: '1; drop table tickets',
        },
      },
      {
        topic: FAKE_TICKETS_TOPIC,
        eventPayload: { tracker: options.sourceId, ticket: '1' },
      },
    ];
  }

  /** The event that tells of a change to a ticket. */
  async eventOf(externalId: string): Promise<EventParams> {
    return {
      topic: FAKE_TICKETS_TOPIC,
      eventPayload: {
        tracker: this.#sourceId,
        project: this.#row(externalId).ticket.container,
        ticket: externalId,
      },
    };
  }

  async create(...tickets: FakeTicketInput[]): Promise<string[]> {
    return this.createIn(this.#project, ...tickets);
  }

  /** Creates tickets in any project. */
  async createIn(
    project: string,
    ...tickets: FakeTicketInput[]
  ): Promise<string[]> {
    return tickets.map(ticket => this.#add(project, ticket).ticket.externalId);
  }

  async close(externalId: string): Promise<void> {
    this.#change(externalId, () => ({
      state: 'done',
      closedAt: this.#now(),
    }));
  }

  async reopen(externalId: string): Promise<void> {
    this.#change(externalId, () => ({ state: 'open', closedAt: null }));
  }

  async begin(externalId: string): Promise<void> {
    this.#change(externalId, () => ({
      state: 'in-progress',
      startedAt: this.#now(),
    }));
  }

  async classify(externalId: string, improvement: boolean): Promise<void> {
    this.#change(externalId, () => ({ improvement }));
  }

  async delete(externalId: string): Promise<void> {
    this.#rows.delete(externalId);
  }

  async createUnindexed(ticket: FakeTicketInput) {
    const row = this.#add(this.#project, ticket);
    row.indexed = false;
    return {
      externalId: row.ticket.externalId,
      index: async () => {
        row.indexed = true;
      },
    };
  }

  async loseNextAnswer(): Promise<void> {
    this.#losesNextAnswer = true;
  }

  /** Refuses credentials that are not good, as a page about oneself does. */
  async whoAmI(signal: AbortSignal): Promise<void> {
    await this.receive('GET /me', signal);
    if (this.isEmptyHanded) {
      throw this.error('GET /me', {
        kind: 'unauthorized',
        status: 401,
        detail: 'Nobody is signed in',
      });
    }
  }

  /** Tickets that follow a position, oldest change first. */
  async list(
    query: { projects: readonly string[]; after: [number, number] },
    signal: AbortSignal,
  ): Promise<Ticket[]> {
    await this.receive('GET /tickets', signal);
    if (this.isEmptyHanded) return [];
    const [updatedAt, id] = query.after;
    return [...this.#rows.values()]
      .filter(({ indexed }) => indexed)
      .map(({ ticket }) => ticket)
      .filter(
        ticket =>
          query.projects.includes(ticket.container) &&
          (ticket.updatedAt > updatedAt ||
            (ticket.updatedAt === updatedAt && Number(ticket.externalId) > id)),
      )
      .sort(
        (a, b) =>
          a.updatedAt - b.updatedAt ||
          Number(a.externalId) - Number(b.externalId),
      )
      .slice(0, this.pageSize)
      .map(ticket => structuredClone(ticket));
  }

  /** Those of some tickets that there are in some projects. */
  async read(
    query: { projects: readonly string[]; externalIds: readonly string[] },
    signal: AbortSignal,
  ): Promise<Ticket[]> {
    await this.receive('GET /tickets', signal);
    if (this.isEmptyHanded) return [];
    return query.externalIds.flatMap(externalId => {
      const ticket = this.#rows.get(externalId)?.ticket;
      return ticket && query.projects.includes(ticket.container)
        ? [structuredClone(ticket)]
        : [];
    });
  }

  /** Creates a ticket that carries a marker. */
  async file(
    request: FileTicketRequest,
    marker: string,
    signal: AbortSignal,
  ): Promise<Ticket> {
    const operation = 'POST /tickets';
    await this.receive(operation, signal);
    if (this.isEmptyHanded) {
      throw this.error(operation, {
        kind: 'unauthorized',
        status: 401,
        detail: 'Nobody is signed in',
      });
    }
    const row = this.#add(request.container, {
      title: request.title,
      improvement: true,
      labels: request.labels,
      priority: request.priority,
    });
    row.marker = marker;
    if (this.#losesNextAnswer) {
      this.#losesNextAnswer = false;
      throw this.error(operation, {
        kind: 'unavailable',
        detail: 'the connection was reset',
        mayHaveHappened: true,
      });
    }
    return structuredClone(row.ticket);
  }

  async findMarked(
    marker: string,
    signal: AbortSignal,
  ): Promise<Ticket | undefined> {
    await this.receive('GET /tickets', signal);
    const row = [...this.#rows.values()].find(r => r.marker === marker);
    return row && structuredClone(row.ticket);
  }

  #add(project: string, input: FakeTicketInput): Row {
    this.#lastId += 1;
    const externalId = String(this.#lastId);
    const now = this.#now();
    const ticket: Ticket = {
      key: `${project}#${externalId}`,
      url: `https://tracker.example/${project}/${externalId}`,
      state: 'open',
      createdAt: toSecond(now),
      startedAt: null,
      closedAt: null,
      updatedAt: toSecond(now),
      labels: [],
      priority: null,
      assignee: null,
      facets: [],
      ...input,
      externalId,
      container: project,
    };
    const row: Row = { ticket, indexed: true };
    this.#rows.set(externalId, row);
    return row;
  }

  #row(externalId: string): Row {
    const row = this.#rows.get(externalId);
    if (!row) throw new Error(`The fake has no ticket ${externalId}`);
    return row;
  }

  #change(externalId: string, change: () => Partial<Ticket>) {
    const row = this.#row(externalId);
    row.ticket = {
      ...row.ticket,
      ...change(),
      updatedAt: toSecond(this.#now()),
    };
  }
}

function toSecond(instant: number) {
  return Math.floor(instant / 1000) * 1000;
}
