import { mockServices } from '@backstage/backend-test-utils';
import {
  Improvement,
  ImprovementSubmission,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { TestStore } from '../../database/__testUtils__/TestStore';
import { ServiceQueries } from '../../services';
import { SourceRegistry } from '../../sources';
import { StatusUpdater } from '../../status';
import { TicketStore } from '../../tickets';
import { ImprovementFiling } from '../ImprovementFiling';
import { ImprovementStore } from '../ImprovementStore';
import { createOutbox, Outbox } from '../outbox';
import { ImprovementQueries } from '../queries';
import { ServiceTrackers } from '../trackers';
import { ScriptedTracker } from './ScriptedTracker';

const FILER = 'user:default/alice';

const POLICY = policySchema.parse({
  id: 'all',
  backlog: { maxAge: 'P90D' },
  evaluation: { within: 'P14D' },
});

/** Short enough to wait for, and long enough to see the difference. */
const TIMES = {
  callMs: 5_000,
  leaseMs: 60_000,
  settleMs: 0,
  stopMs: 100,
  tickMs: 60_000,
};

/** A replica of the backend, as far as filing goes. */
export interface Replica {
  outbox: Outbox;
  filing: ImprovementFiling;
}

/** A service with a tracker, and the replicas that tests start. */
export class TestFiling {
  readonly logger = mockServices.logger.mock();
  readonly tracker = ScriptedTracker.create();
  readonly sources = SourceRegistry.create({
    ticketSources: [this.tracker],
    experimentSources: [],
    tolerance: 3_600_000,
  });
  readonly status = StatusUpdater.create({
    policies: [POLICY],
    experimentSourceIds: [],
  });
  readonly tickets = TicketStore.create();
  readonly queries: ImprovementQueries;
  readonly #outboxes: Outbox[] = [];

  static async create(db: Knex): Promise<TestFiling> {
    const store = await TestStore.create(db);
    const scopeId = await store.addScope({
      key: 'acme',
      sourceId: 'fake:tickets',
      lastSuccessAt: Date.now(),
    });
    const serviceId = await store.addService({
      name: 'payments',
      policy: POLICY.id,
    });
    await store.nameScope(serviceId, scopeId, { container: 'acme' });
    const filing = new TestFiling(store, scopeId, serviceId);
    await filing.recompute();
    return filing;
  }

  private constructor(
    readonly store: TestStore,
    readonly scopeId: number,
    readonly serviceId: number,
  ) {
    this.queries = ImprovementQueries.create({
      db: store.db,
      policies: [POLICY],
      sourceTitles: new Map([['fake:tickets', 'Fake tracker']]),
      trackers: ServiceTrackers.create({ sources: this.sources }),
    });
  }

  get db() {
    return this.store.db;
  }

  async recompute() {
    await this.db.transaction(tx =>
      this.status.recompute(tx, [this.serviceId]),
    );
  }

  /** @param options - `db`: the connections of the replica */
  replica(
    options: {
      db?: Knex;
      times?: Partial<typeof TIMES>;
      status?: StatusUpdater;
      /** How long a submission waits for its tracker, milliseconds. */
      withinMs?: number;
    } = {},
  ): Replica {
    const { db = this.db, status = this.status, withinMs = 10_000 } = options;
    const trackers = ServiceTrackers.create({ sources: this.sources });
    const outbox = createOutbox({
      db,
      logger: this.logger,
      status,
      tickets: this.tickets,
      trackers,
      times: { ...TIMES, ...options.times },
    });
    this.#outboxes.push(outbox);
    const filing = ImprovementFiling.create({
      db,
      outbox,
      store: ImprovementStore.create(),
      trackers,
      withinMs,
    });
    return { outbox, filing };
  }

  async stopAll() {
    await Promise.all(this.#outboxes.map(outbox => outbox.stop()));
  }

  submission(
    given: Partial<ImprovementSubmission> = {},
  ): ImprovementSubmission {
    return {
      key: randomUUID(),
      entityRef: 'component:default/payments',
      title: 'Fail over without hands',
      description: 'It took hours.',
      goal: null,
      priority: null,
      origin: null,
      alternativeTo: null,
      ...given,
    };
  }

  /** Queues an improvement, as a process does that has no room and dies then. */
  async queue(title?: string): Promise<string> {
    const nobody = this.replica();
    await nobody.outbox.stop();
    jest.spyOn(nobody.outbox, 'deliver').mockResolvedValue();
    const { id } = await this.submit(
      nobody.filing,
      this.submission(title === undefined ? {} : { title }),
    );
    return id;
  }

  /** As somebody does who may. */
  async submit(filing: ImprovementFiling, submission = this.submission()) {
    const prepared = await filing.prepare(submission, { filedBy: FILER });
    return filing.submit(submission, prepared!);
  }

  async read(id: string): Promise<Improvement> {
    const improvement = await this.queries.read(id);
    if (!improvement) throw new Error(`There is no improvement ${id}`);
    return improvement;
  }

  /** As if the time had come for all that waits. */
  async makeDue() {
    await this.db('improvements').update({ next_attempt_at: 0 });
  }

  /** As if the processes that hold claims had died long ago. */
  async letClaimsRunOut() {
    await this.db('improvements')
      .whereNotNull('claim_token')
      .update({ claimed_until: 1 });
  }

  /** As if attempts had begun that much earlier. */
  async age(ms: number) {
    await this.db('improvements')
      .whereNotNull('last_attempt_at')
      .update({ last_attempt_at: this.db.raw('last_attempt_at - ?', [ms]) });
  }

  /** The titles of all that the tracker has. */
  async upstreamTitles(): Promise<string[]> {
    const signal = new AbortController().signal;
    const titles: string[] = [];
    for await (const page of this.tracker.changes(
      { key: 'acme', containers: ['acme'] },
      { signal },
    )) {
      titles.push(...page.tickets.map(({ title }) => title));
    }
    return titles;
  }

  async openCount(): Promise<number> {
    const service = await ServiceQueries.create({
      db: this.db,
      policies: [POLICY],
    }).get('component:default/payments', { kind: 'all' });
    return service!.backlog.openCount;
  }
}
