import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import {
  DAY_MS,
  GameDayKind,
  Instant,
  Measure,
  ReadinessVerdict,
  serviceQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import {
  ANNOTATION_FAKE_PROJECT,
  ANNOTATION_FAKE_TEMPLATES,
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { Knex } from 'knex';
import { readConfig } from '../../config';
import {
  testExperiment,
  testTicket,
} from '../../database/__testUtils__/TestStore';
import { ServiceDirectory } from '../../directory';
import {
  component,
  TestCatalog,
} from '../../directory/__testUtils__/TestCatalog';
import { ExperimentStore } from '../../experiments';
import { ServiceQueries } from '../../services';
import { SourceRegistry } from '../../sources';
import { ScopeGroups, StatusUpdater } from '../../status';
import { ScopeRegistry } from '../../sync';
import { emptyDatabase } from '../../sync/__testUtils__/emptyDatabase';
import { TicketStore } from '../../tickets';
import { PreviewRunner, PreviewStore, SelectedPolicies } from '../previews';

/** What there is to know of a service. Ages are days. */
export interface TestService {
  tier?: '1' | '2';
  lifecycle?: 'production' | 'experimental';
  project?: 'north' | 'south';
  /** Whether the annotation with its templates can be read. */
  templates?: 'readable' | 'malformed';
  openImprovements: number[];
  experiments: number[];
  exercises: { kind: Exclude<GameDayKind, 'experiment'>; age: number }[];
  readinessTests: {
    template: 'a' | 'b';
    verdict: ReadinessVerdict;
    age: number;
    validFor: number | null;
  }[];
  waivers: { measure: Measure; endsIn: number }[];
}

export type Freshness = 'fresh' | 'silent' | 'never';

export interface TestOrganisationOptions {
  services: TestService[];
  hasExperimentSource: boolean;
  freshness: Record<'experiments' | 'north' | 'south', Freshness>;
}

/** The services of an organisation, with all that their states follow from. */
export class TestOrganisation {
  readonly catalog = new TestCatalog();
  readonly #experimentSources: FakeExperimentSource[];

  static async create(
    db: Knex,
    options: TestOrganisationOptions & {
      now: Instant;
      policies: JsonObject[];
    },
  ) {
    await emptyDatabase(db);
    const organisation = new TestOrganisation(db, options);
    const { directory, status } = organisation.#backend(options.policies);
    await directory.refresh();
    await organisation.#fill();
    await status.recomputeAll(db);
    return organisation;
  }

  private constructor(
    readonly db: Knex,
    readonly options: TestOrganisationOptions & { now: Instant },
  ) {
    this.#experimentSources = options.hasExperimentSource
      ? [FakeExperimentSource.create()]
      : [];
    this.catalog.entities = options.services.map((service, n) =>
      component(`s${n}`, {
        labels: service.tier && { tier: service.tier },
        spec: service.lifecycle && { lifecycle: service.lifecycle },
        annotations: {
          ...(service.project && {
            [ANNOTATION_FAKE_PROJECT]: service.project,
          }),
          ...(service.templates && {
            [ANNOTATION_FAKE_TEMPLATES]:
              service.templates === 'readable' ? 'EXT1' : 'EXT1,,',
          }),
        },
      }),
    );
  }

  /** Starts with other policies, and lets them apply. */
  async apply(policies: JsonObject[]) {
    const { directory, status } = this.#backend(policies);
    await directory.refresh();
    return { status };
  }

  /** The parts that previews are worked out by. */
  previews(options: { batchSize?: number; retryMs?: number } = {}) {
    const { db } = this;
    const store = PreviewStore.create({ db, leaseMs: 60_000 });
    const logger = mockServices.logger.mock();
    const runner = PreviewRunner.create({
      db,
      experimentSourceIds: this.#experimentSources.map(({ id }) => id),
      logger,
      selected: SelectedPolicies.create({
        auth: mockServices.auth(),
        catalog: this.catalog.service,
      }),
      store,
      tickMs: 60_000,
      now: () => this.options.now,
      ...options,
    });
    return { logger, runner, store };
  }

  /** The policy and the states of each service, as lists show them. */
  async states() {
    const queries = ServiceQueries.create({
      db: this.db,
      policies: [],
      now: () => this.options.now,
    });
    const { items } = await queries.list(
      serviceQuerySchema.parse({ sort: 'title' }),
      { kind: 'all' },
    );
    return new Map(
      items.map(item => [
        item.entityRef,
        {
          policy: item.policy,
          service: item.state,
          backlog: item.backlog.state,
          gameDay: item.gameDay.state,
          readinessTest: item.readinessTest.state,
        },
      ]),
    );
  }

  #backend(policies: JsonObject[]) {
    const { db } = this;
    const now = () => this.options.now;
    const config = readConfig(
      new ConfigReader({ operationalExcellence: { policies } }),
    );
    const groups = ScopeGroups.create();
    const sources = SourceRegistry.create({
      ticketSources: [FakeTicketSource.create()],
      experimentSources: this.#experimentSources,
      tolerance: DAY_MS,
    });
    const status = StatusUpdater.create({
      policies: config.policies,
      experimentSourceIds: this.#experimentSources.map(({ id }) => id),
      now,
    });
    const directory = ServiceDirectory.create({
      auth: mockServices.auth(),
      catalog: this.catalog.service,
      config,
      db,
      experiments: ExperimentStore.create(),
      logger: mockServices.logger.mock(),
      scopes: ScopeRegistry.create({ groups, sources }),
      sources,
      status,
      tickets: TicketStore.create(),
      now,
    });
    return { directory, status };
  }

  async #fill() {
    const { db } = this;
    const { freshness, now, services } = this.options;
    const scopes: { id: number; key: string; source_id: string }[] = await db(
      'scopes',
    ).select('id', 'key', 'source_id');
    for (const { id, key } of scopes) {
      const is =
        key === 'north' || key === 'south'
          ? freshness[key]
          : freshness.experiments;
      const ages = { fresh: 0, silent: 2 * DAY_MS, never: null };
      const age = ages[is];
      const at = age === null ? null : now - age;
      await db('scopes').where({ id }).update({ last_success_at: at });
      await db('scope_containers')
        .where({ scope_id: id })
        .update({ covered_at: at });
      await db.transaction(tx => ScopeGroups.create().renew(tx, id));
    }
    const ago = (days: number) => now - days * DAY_MS;
    for (const [n, service] of services.entries()) {
      const entityRef = `component:default/s${n}`;
      const { id: serviceId } = await db('services')
        .where({ entity_ref: entityRef })
        .first('id');
      const scope = scopes.find(({ key }) => key === service.project);
      const project = service.project;
      if (scope && project) {
        await db.transaction(tx =>
          TicketStore.create().storePage(tx, {
            sourceId: scope.source_id,
            scopeId: scope.id,
            tickets: service.openImprovements.map((age, nth) =>
              testTicket({
                externalId: `${n}/${nth}`,
                createdAt: ago(age),
                container: project,
              }),
            ),
          }),
        );
      }
      const fis = scopes.find(({ key }) => key.includes('eu-west-1'));
      if (fis) {
        await db.transaction(tx =>
          ExperimentStore.create().storePage(tx, {
            sourceId: fis.source_id,
            scopeId: fis.id,
            experiments: service.experiments.map((age, nth) =>
              testExperiment({
                externalId: `EXP${n}${nth}`,
                startedAt: ago(age),
                entityRefs: [entityRef],
              }),
            ),
          }),
        );
      }
      await this.#addRecords(service, serviceId, ago);
    }
  }

  async #addRecords(
    service: TestService,
    serviceId: number,
    ago: (days: number) => Instant,
  ) {
    const { db } = this;
    const by = 'user:default/alice';
    for (const [nth, { age, kind }] of service.exercises.entries()) {
      const id = `exercise-${serviceId}-${nth}`;
      await db('exercises').insert({
        id,
        kind,
        title: 'Loss of a zone',
        search_text: 'loss of a zone',
        state: 'held',
        started_at: ago(age),
        outcome: 'completed',
        planned_start: ago(age),
        planned_end: ago(age) + 1,
        starts_at: ago(age),
        ends_at: ago(age) + 1,
        roles: '[]',
        stop_conditions: '[]',
        rollback_tried: false,
        prerequisites: '[]',
        plan_hash: 'hash',
        created_by: by,
        created_at: 1,
        updated_by: by,
        updated_at: 1,
        version: 1,
      });
      await db('exercise_services').insert({
        exercise_id: id,
        service_id: serviceId,
      });
    }
    for (const [nth, test] of service.readinessTests.entries()) {
      await db('readiness_tests').insert({
        id: `test-${serviceId}-${nth}`,
        service_id: serviceId,
        template: test.template,
        performed_at: ago(test.age),
        verdict: test.verdict,
        valid_until: test.validFor === null ? null : ago(-test.validFor),
      });
    }
    for (const [nth, { endsIn, measure }] of service.waivers.entries()) {
      await db('waivers').insert({
        id: `waiver-${serviceId}-${nth}`,
        service_id: serviceId,
        measure,
        reason: 'As agreed',
        approver: by,
        until: ago(-endsIn),
        created_at: 1,
      });
    }
  }
}
