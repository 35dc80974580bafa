import {
  DAY_MS,
  History,
  historyQuerySchema,
  Instant,
  Movers,
  moversQuerySchema,
  policySchema,
  ReadinessVerdict,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { testTicket, TestStore } from '../../database/__testUtils__/TestStore';
import { ReadinessTestService } from '../../readiness';
import { ScopeGroups, StatusUpdater } from '../../status';
import { TicketStore } from '../../tickets';
import { Visibility } from '../../visibility/Visibility';
import { DailyPoints } from '../DailyPoints';
import { HistoryQueries } from '../HistoryQueries';

/** Ten in the morning. */
export const START = Date.UTC(2026, 0, 1, 10);

export const POLICY = policySchema.parse({
  id: 'all',
  backlog: { maxAge: 'P30D', warnBefore: 'P5D' },
  gameDay: { every: 'P60D', warnBefore: 'P5D', counts: ['game-day'] },
  readinessTest: {
    templates: ['production-readiness'],
    every: 'P90D',
    warnBefore: 'P5D',
  },
});

/** What a process that is killed throws in these tests. */
export class KilledError extends Error {}

/** A backend with services, as far as histories go, and its clock. */
export class TestHistory {
  now: Instant = START;
  readonly status = StatusUpdater.create({
    policies: [POLICY],
    experimentSourceIds: [],
    now: () => this.now,
  });
  readonly queries: HistoryQueries;
  readonly #groups = ScopeGroups.create();
  readonly #tickets = TicketStore.create();
  readonly #readinessTests: ReadinessTestService;
  readonly #scopeId: number;
  #records = 0;

  static async create(db: Knex): Promise<TestHistory> {
    const store = await TestStore.create(db);
    const scopeId = await store.addScope({
      key: 'all',
      lastSuccessAt: START,
      toleranceMs: 10_000 * DAY_MS,
    });
    return new TestHistory(db, store, scopeId);
  }

  private constructor(
    readonly db: Knex,
    readonly store: TestStore,
    scopeId: number,
  ) {
    const { status } = this;
    this.#scopeId = scopeId;
    this.#readinessTests = ReadinessTestService.create({ db, status });
    this.queries = HistoryQueries.create({ db, now: () => this.now });
  }

  /** Lets days pass. */
  pass(days: number): void {
    this.now += days * DAY_MS;
  }

  /** The day that it is, or that it was so many days ago. */
  day(daysAgo: number = 0): string {
    return toIsoInstant(this.now - daysAgo * DAY_MS).slice(0, 10);
  }

  /** A service whose tracker answered, and whose backlog is empty. */
  async addService(
    name: string,
    options: {
      owners?: string[];
      system?: string;
      tier?: string;
    } = {},
  ): Promise<number> {
    const id = await this.store.addService({
      name,
      policy: POLICY.id,
      ...options,
    });
    await this.store.nameScope(id, this.#scopeId, { container: name });
    await this.recompute(id);
    return id;
  }

  async recompute(...serviceIds: number[]): Promise<void> {
    await this.db.transaction(async tx => {
      await this.status.recompute(tx, serviceIds);
      await this.#groups.renew(tx, this.#scopeId);
    });
  }

  async reassign(serviceId: number, owners: readonly string[]): Promise<void> {
    await this.db('services')
      .where({ id: serviceId })
      .update({ owner_ref: owners[0] ?? null });
    await this.db('service_owners').where({ service_id: serviceId }).delete();
    for (const [depth, owner] of owners.entries()) {
      await this.db('service_owners').insert({
        service_id: serviceId,
        owner_ref: owner,
        depth,
      });
    }
    await this.recompute(serviceId);
  }

  async setRemoved(serviceId: number, isRemoved: boolean): Promise<void> {
    await this.db('services')
      .where({ id: serviceId })
      .update({ removed_at: isRemoved ? this.now : null });
    await this.recompute(serviceId);
  }

  /** Stores a ticket of the service of that name. */
  async setTicket(
    name: string,
    ticket: {
      id: string;
      createdAt: Instant;
      closedAt?: Instant | null;
      improvement?: boolean;
    },
  ): Promise<void> {
    const { id, createdAt, closedAt = null, improvement = true } = ticket;
    await this.db.transaction(async tx => {
      const touched = await this.#tickets.storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: this.#scopeId,
        tickets: [
          testTicket({
            externalId: id,
            container: name,
            improvement,
            createdAt,
            closedAt,
            state: closedAt === null ? 'open' : 'done',
            updatedAt: this.now,
          }),
        ],
      });
      await this.status.recompute(tx, touched);
    });
  }

  /** An exercise that was held, and is recorded now. */
  async holdGameDay(
    serviceIds: number[],
    options: { at?: Instant } = {},
  ): Promise<void> {
    const { at = this.now } = options;
    const id = `exercise-${(this.#records += 1)}`;
    const by = 'user:default/ops';
    await this.db('exercises').insert({
      id,
      version: 1,
      kind: 'game-day',
      title: id,
      search_text: id,
      state: 'held',
      planned_start: at,
      planned_end: at,
      started_at: at,
      ended_at: at,
      starts_at: at,
      ends_at: at,
      roles: '[]',
      stop_conditions: '[]',
      rollback_tried: false,
      prerequisites: '[]',
      outcome: 'completed',
      plan_hash: '',
      created_by: by,
      created_at: this.now,
      updated_by: by,
      updated_at: this.now,
    });
    for (const service of serviceIds) {
      await this.db('exercise_services').insert({
        exercise_id: id,
        service_id: service,
      });
    }
    await this.recompute(...serviceIds);
  }

  async testReadiness(
    name: string,
    options: { verdict?: ReadinessVerdict; at?: Instant } = {},
  ): Promise<void> {
    await this.#readinessTests.record({
      entityRef: `component:default/${name}`,
      template: 'production-readiness',
      performedAt: options.at ?? this.now,
      performedBy: null,
      verdict: options.verdict ?? 'pass',
      validUntil: null,
      summary: null,
    });
  }

  /** Lets the first points be taken from now on, as if all had been read. */
  async settleIn(): Promise<void> {
    await this.db('settings')
      .insert({ key: 'history.since', value: '0' })
      .onConflict('key')
      .merge();
  }

  /**
   * Takes the points of the day in a process of its own, which is killed when it
   * looks at its clock for the n-th time, if that is said.
   *
   * @returns whether it came to an end
   */
  async take(
    options: {
      servicesAtOnce?: number;
      keepDays?: number;
      killAt?: number;
      signal?: AbortSignal;
      /** How long it takes from one look at the clock to the next. */
      tickMs?: number;
    } = {},
  ): Promise<boolean> {
    const { keepDays = 1_000, killAt = Infinity, servicesAtOnce } = options;
    const { signal = new AbortController().signal, tickMs = 0 } = options;
    let looks = 0;
    const points = DailyPoints.create({
      db: this.db,
      keepDays,
      servicesAtOnce,
      status: this.status,
      now: () => {
        if (looks >= killAt) throw new KilledError();
        looks += 1;
        this.now += tickMs;
        return this.now;
      },
    });
    try {
      await points.take({ signal });
      return true;
    } catch (error) {
      if (!(error instanceof KilledError)) throw error;
      return false;
    }
  }

  async history(
    query: { by?: string; key?: string; from?: string; to?: string } = {},
    visibility: Visibility = { kind: 'all' },
  ): Promise<History | undefined> {
    return this.queries.history(
      historyQuerySchema.parse({
        from: this.day(400),
        to: this.day(),
        ...query,
      }),
      visibility,
    );
  }

  async movers(
    query: { by?: string; days?: number; limit?: number } = {},
    visibility: Visibility = { kind: 'all' },
  ): Promise<Movers> {
    return this.queries.movers(moversQuerySchema.parse(query), visibility);
  }
}
