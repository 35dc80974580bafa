import { mockServices } from '@backstage/backend-test-utils';
import {
  Instant,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import {
  ExperimentSource,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { TestStore } from '../../database/__testUtils__/TestStore';
import { ExperimentStore } from '../../experiments';
import { ServiceQueries } from '../../services';
import { SourceRegistry } from '../../sources';
import { GuardrailStore } from '../../guardrails';
import { ScopeGroups, StatusUpdater } from '../../status';
import { TicketStore } from '../../tickets';
import { HintedScopes } from '../HintedScopes';
import { ScopeClaims } from '../ScopeClaims';
import { SourceVerifier } from '../SourceVerifier';
import { SyncEngine, SyncEngineOptions } from '../SyncEngine';
import { SyncRequests } from '../SyncRequests';

const POLICY = policySchema.parse({ id: 'all', backlog: { maxAge: 'P99Y' } });

const TOLERANCE_MS = 3_600_000;

interface ScopeState {
  id: number;
  cursor: string | null;
  lastError: string | null;
  consecutiveFailures: number;
  failingSince: number | null;
  lastErrorAt: number | null;
  lastSuccessAt: number | null;
  nextRunAt: number;
  claimToken: string | null;
  requests: number;
}

/** A database with a service and a scope, and the engines that tests start. */
export class TestSync {
  readonly logger = mockServices.logger.mock();
  readonly status: StatusUpdater;
  readonly tickets = TicketStore.create();
  readonly experiments = ExperimentStore.create();
  readonly sources: SourceRegistry;
  readonly #engines: SyncEngine[] = [];

  static async create(
    db: Knex,
    sources: {
      ticketSources?: TicketSource[];
      experimentSources?: ExperimentSource[];
    },
  ) {
    return new TestSync(await TestStore.create(db), sources);
  }

  private constructor(
    readonly store: TestStore,
    options: {
      ticketSources?: TicketSource[];
      experimentSources?: ExperimentSource[];
    },
  ) {
    const { experimentSources = [], ticketSources = [] } = options;
    this.sources = SourceRegistry.create({
      ticketSources,
      experimentSources,
      tolerance: TOLERANCE_MS,
    });
    this.status = StatusUpdater.create({
      policies: [POLICY],
      experimentSourceIds: experimentSources.map(({ id }) => id),
    });
  }

  /** Adds a scope, and a service of the same name whose tickets it holds. */
  async addServiceWithScope(
    key: string,
    options: { sourceId?: string; container?: string } = {},
  ): Promise<{ serviceId: number; scopeId: number }> {
    const { container = 'main', sourceId } = options;
    const scopeId = await this.store.addScope({ key, sourceId });
    const serviceId = await this.store.addService({
      name: key,
      policy: POLICY.id,
    });
    await this.store.nameScope(serviceId, scopeId, { container });
    await this.store.db.transaction(tx =>
      this.status.recompute(tx, [serviceId]),
    );
    return { serviceId, scopeId };
  }

  engine(
    options: Partial<SyncEngineOptions> & {
      db?: Knex;
      leaseMs?: number;
      distrustMs?: number;
    } = {},
  ): SyncEngine {
    const { db = this.store.db, leaseMs = 60_000, ...rest } = options;
    const { distrustMs = 0, ...engineOptions } = rest;
    const engine = SyncEngine.create({
      claims: ScopeClaims.create({ leaseMs }),
      concurrency: 4,
      groups: ScopeGroups.create(),
      hints: this.hints(),
      logger: this.logger,
      sources: this.sources,
      stallMs: 30_000,
      status: this.status,
      stores: {
        db,
        experiments: this.experiments,
        guardrails: GuardrailStore.create(),
        tickets: this.tickets,
      },
      verifier: SourceVerifier.create({
        trustMs: 900_000,
        distrustMs,
        timeoutMs: 30_000,
        now: options.now,
      }),
      ...engineOptions,
    });
    this.#engines.push(engine);
    return engine;
  }

  /** What events hinted at, kept by one replica. */
  hints(): HintedScopes {
    return HintedScopes.create({ sources: this.sources });
  }

  requests(engine: SyncEngine): SyncRequests {
    return SyncRequests.create({
      claims: ScopeClaims.create({ leaseMs: 60_000 }),
      db: this.store.db,
      engine,
      sources: this.sources,
    });
  }

  async stopAll() {
    await Promise.all(this.#engines.map(engine => engine.stop()));
  }

  /** Makes every scope due and runs what is due to its end. */
  async runAll(engine: SyncEngine): Promise<void> {
    await this.store.db('scopes').update({ next_run_at: 0 });
    await engine.tick();
    await engine.idle();
  }

  async scope(key: string): Promise<ScopeState> {
    const row = await this.store.db('scopes').where({ key }).first();
    const instant = (value: unknown) => (value === null ? null : Number(value));
    return {
      id: row.id,
      cursor: row.cursor,
      lastError: row.last_error,
      consecutiveFailures: row.consecutive_failures,
      failingSince: instant(row.failing_since),
      lastErrorAt: instant(row.last_error_at),
      lastSuccessAt: instant(row.last_success_at),
      nextRunAt: Number(row.next_run_at),
      claimToken: row.claim_token,
      requests: Number(row.requests_total),
    };
  }

  async storedTickets(): Promise<string[]> {
    return this.store.db('tickets').orderBy('external_id').pluck('external_id');
  }

  /** State and open count of a service's backlog, as read at an instant. */
  async backlog(
    name: string,
    now: Instant = Date.now(),
  ): Promise<{ state: string; openCount: number }> {
    const service = await ServiceQueries.create({
      db: this.store.db,
      policies: [POLICY],
      now: () => now,
    }).get(`component:default/${name}`, { kind: 'all' });
    const { openCount, state } = service!.backlog;
    return { state, openCount };
  }
}

/** Waits until something holds, and fails with what does not. */
export async function eventually(expectation: () => Promise<void> | void) {
  const giveUpAt = Date.now() + 20_000;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
    }
  }
}
