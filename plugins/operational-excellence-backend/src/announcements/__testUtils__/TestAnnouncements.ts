import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { ConfigReader } from '@backstage/config';
import {
  DAY_MS,
  Instant,
  Measure,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { readConfig } from '../../config';
import { testTicket, TestStore } from '../../database/__testUtils__/TestStore';
import { ReadinessTestService } from '../../readiness';
import { ScopeGroups, StatusUpdater } from '../../status';
import { TicketStore } from '../../tickets';
import { WaiverService } from '../../waivers';
import { AnnouncementStore } from '../AnnouncementStore';
import { createAnnouncements } from '../createAnnouncements';
import { AnnouncementClaims, Courier } from '../delivery';
import { FakeNotifications } from './FakeNotifications';

/** A Wednesday. */
export const START = Date.UTC(2026, 10, 18, 12);

export const TEAM = 'group:default/team-a';

export const POLICY = policySchema.parse({
  id: 'all',
  backlog: { maxAge: 'P30D', warnBefore: 'P5D' },
  gameDay: { every: 'P60D', warnBefore: 'P5D', counts: ['game-day'] },
  readinessTest: {
    templates: ['production-readiness'],
    every: 'P90D',
    warnBefore: 'P5D',
  },
  evaluation: { within: 'P10D' },
});

/** A backend with services, as far as announcements go, and its clock. */
export class TestAnnouncements {
  now: Instant = START;
  readonly logger = mockServices.logger.mock();
  readonly notifications = new FakeNotifications();
  readonly status = StatusUpdater.create({
    policies: [POLICY],
    experimentSourceIds: [],
    now: () => this.now,
  });
  readonly #groups = ScopeGroups.create();
  readonly #tickets = TicketStore.create();
  readonly #readinessTests: ReadinessTestService;
  readonly waivers: WaiverService;
  #signal = new AbortController().signal;
  #records = 0;

  static async create(db: Knex): Promise<TestAnnouncements> {
    return new TestAnnouncements(db, await TestStore.create(db));
  }

  private constructor(readonly db: Knex, readonly store: TestStore) {
    const { status } = this;
    this.#readinessTests = ReadinessTestService.create({ db, status });
    this.waivers = WaiverService.create({ db, status, now: () => this.now });
  }

  /** A replica of the backend; each has its own. */
  replica(notifications: JsonObject = {}) {
    const config = readConfig(
      new ConfigReader({
        operationalExcellence: {
          notifications: { digest: { enabled: false }, ...notifications },
        },
      }),
    );
    const { courier, lookout } = createAnnouncements({
      config: config.notifications,
      db: this.db,
      logger: this.logger,
      notifications: this.notifications,
      now: () => this.now,
      policies: [POLICY],
      status: this.status,
    });
    return {
      look: () => lookout.look({ signal: this.#signal }),
      send: async () => courier?.tick(),
    };
  }

  /** Another process that sends what is queued. */
  courier(options: { leaseMs: number; sendMs?: number }) {
    const { leaseMs, sendMs = 30_000 } = options;
    return Courier.create({
      claims: AnnouncementClaims.create({ leaseMs }),
      db: this.db,
      logger: this.logger,
      notifications: this.notifications,
      now: () => this.now,
      sendMs,
      stopMs: 5_000,
      tickMs: 60_000,
    });
  }

  readonly announcements = AnnouncementStore.create();

  /** A service whose tracker answered, and whose backlog is empty. */
  async addService(
    name: string,
    options: { owners?: string[]; title?: string } = {},
  ): Promise<number> {
    const { owners = [TEAM], title } = options;
    const id = await this.store.addService({
      name,
      title,
      owners,
      policy: POLICY.id,
    });
    const scope = await this.store.addScope({
      key: name,
      lastSuccessAt: this.now,
      toleranceMs: 1_000 * DAY_MS,
    });
    await this.store.nameScope(id, scope);
    await this.recompute(id, scope);
    return id;
  }

  async recompute(serviceId: number, scopeId: number): Promise<void> {
    await this.db.transaction(async tx => {
      await this.status.recompute(tx, [serviceId]);
      await this.#groups.renew(tx, scopeId);
    });
  }

  /** Lets the tracker of a service be silent, or answer again. */
  async setSilent(name: string, isSilent: boolean): Promise<void> {
    const { id } = await this.db('scopes').where({ key: name }).first('id');
    await this.db('scopes')
      .where({ id })
      .update({ last_success_at: isSilent ? 1 : this.now });
    await this.db.transaction(tx => this.#groups.renew(tx, id));
  }

  /** Stores the one ticket of a service. */
  async setTicket(
    name: string,
    ticket: { createdAt: Instant; closedAt?: Instant | null },
  ): Promise<void> {
    const { id } = await this.db('scopes').where({ key: name }).first('id');
    const { closedAt = null, createdAt } = ticket;
    await this.db.transaction(async tx => {
      const touched = await this.#tickets.storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: id,
        tickets: [
          testTicket({
            externalId: name,
            createdAt,
            closedAt,
            state: closedAt === null ? 'open' : 'done',
            updatedAt: START + (this.#records += 1),
          }),
        ],
      });
      await this.status.recompute(tx, touched);
    });
  }

  /** Performs a readiness test, a moment later. */
  async testReadiness(
    name: string,
    test: { verdict: 'pass' | 'fail'; validUntil?: Instant },
  ): Promise<void> {
    // Of two at the same instant, none is the newest.
    this.now += 1;
    await this.#readinessTests.record({
      entityRef: `component:default/${name}`,
      template: 'production-readiness',
      performedAt: this.now,
      performedBy: null,
      verdict: test.verdict,
      validUntil: test.validUntil ?? null,
      summary: null,
    });
  }

  async waive(name: string, measure: Measure, until: Instant) {
    return this.waivers.grant({
      entityRef: `component:default/${name}`,
      measure,
      reason: 'Being replaced',
      approver: 'user:default/ops',
      until,
    });
  }

  async addExercise(
    exercise: { id: string; serviceIds: number[]; plannedEnd: Instant } & {
      state?: string;
      title?: string;
    },
  ): Promise<void> {
    const { id, plannedEnd, serviceIds, state = 'planned', title } = exercise;
    const by = 'user:default/ops';
    await this.db('exercises').insert({
      id,
      kind: 'game-day',
      title: title ?? 'Loss of a zone',
      search_text: '',
      state,
      planned_start: plannedEnd - 3_600_000,
      planned_end: plannedEnd,
      starts_at: plannedEnd - 3_600_000,
      ends_at: plannedEnd,
      roles: '[]',
      stop_conditions: '[]',
      rollback_tried: false,
      prerequisites: '[]',
      plan_hash: '',
      version: 1,
      created_by: by,
      created_at: this.now,
      updated_by: by,
      updated_at: this.now,
    });
    for (const service_id of serviceIds) {
      await this.db('exercise_services').insert({
        exercise_id: id,
        service_id,
      });
    }
  }

  async addFinding(finding: {
    id: string;
    serviceId: number;
    retestBy?: Instant | null;
    improvementId?: string;
    exerciseId?: string;
  }): Promise<void> {
    const by = 'user:default/ops';
    await this.db('findings').insert({
      id: finding.id,
      service_id: finding.serviceId,
      exercise_id: finding.exerciseId ?? null,
      improvement_id: finding.improvementId ?? null,
      origin_kind: 'game-day',
      severity: 'high',
      severity_rank: 1,
      text: 'The alarm\u0007 came *late*',
      search_text: 'the alarm came late',
      retest_by: finding.retestBy ?? null,
      submission_key: finding.id,
      submission_hash: '',
      version: 1,
      created_by: by,
      created_at: this.now,
      updated_by: by,
      updated_at: this.now,
    });
  }

  /** An improvement that was filed, with the one ticket of the service. */
  async addImprovement(improvement: {
    id: string;
    serviceId: number;
    name: string;
  }): Promise<void> {
    await this.db('improvements').insert({
      id: improvement.id,
      service_id: improvement.serviceId,
      title: 'Retry calls',
      description: '',
      filed_by: 'user:default/ops',
      submission_key: improvement.id,
      submission_hash: '',
      created_at: this.now,
      source_id: 'tracker:test',
      scope_key: improvement.name,
      container: 'main',
      all_of: '[]',
      delivery_state: 'filed',
      next_attempt_at: 0,
      external_id: improvement.name,
    });
  }
}
