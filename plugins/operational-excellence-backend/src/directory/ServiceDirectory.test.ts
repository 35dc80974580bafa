import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import {
  ANNOTATION_FAKE_PROJECT,
  ANNOTATION_FAKE_TEMPLATES,
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import {
  ExperimentSource,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { readConfig } from '../config';
import {
  testExperiment,
  testTicket,
} from '../database/__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
import { SourceRegistry } from '../sources';
import { ScopeGroups, StatusUpdater } from '../status';
import { ScopeRegistry } from '../sync';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TicketStore } from '../tickets';
import {
  component,
  entity,
  group,
  TestCatalog,
} from './__testUtils__/TestCatalog';
import { ServiceDirectory } from './ServiceDirectory';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.UTC(2026, 10, 1);

function directoryOf(options: {
  db: Knex;
  catalog: TestCatalog;
  config?: JsonObject;
  ticketSources?: TicketSource[];
  experimentSources?: ExperimentSource[];
  now?: () => number;
}) {
  const {
    catalog,
    config = {},
    db,
    experimentSources = [],
    now = () => NOW,
    ticketSources = [],
  } = options;
  const read = readConfig(new ConfigReader({ operationalExcellence: config }));
  const sources = SourceRegistry.create({
    ticketSources,
    experimentSources,
    tolerance: read.sync.tolerance,
  });
  const status = StatusUpdater.create({
    policies: read.policies,
    experimentSourceIds: experimentSources.map(({ id }) => id),
    now,
  });
  const tickets = TicketStore.create();
  const logger = mockServices.logger.mock();
  const directory = ServiceDirectory.create({
    auth: mockServices.auth(),
    catalog: catalog.service,
    config: read,
    db,
    experiments: ExperimentStore.create(),
    logger,
    scopes: ScopeRegistry.create({ groups: ScopeGroups.create(), sources }),
    sources,
    status,
    tickets,
    now,
  });
  return { directory, logger, status, tickets };
}

/** Counts the statements that something sends to the database. */
async function statementsOf(db: Knex, work: () => Promise<void>) {
  const statements: string[] = [];
  const note = ({ sql }: { sql: string }) => statements.push(sql.trim());
  db.on('query', note);
  try {
    await work();
  } finally {
    db.removeListener('query', note);
  }
  const writes = statements.filter(sql =>
    /^(insert|update|delete|with)/i.test(sql),
  );
  return { statements, writes };
}

describe.each(databases.eachSupportedId())(
  'ServiceDirectory on %s',
  databaseId => {
    let db: Knex;
    let catalog: TestCatalog;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
      catalog = new TestCatalog();
    });

    const listed = () =>
      db('services')
        .whereNull('removed_at')
        .orderBy('entity_ref')
        .pluck('entity_ref');
    const service = (name: string) =>
      db('services')
        .where({ entity_ref: `component:default/${name}` })
        .first();
    const ownersOf = async (name: string) =>
      Object.fromEntries(
        (
          await db('service_owners').where({
            service_id: (await service(name)).id,
          })
        ).map(row => [row.owner_ref, row.depth]),
      );
    const titles = async () =>
      Object.fromEntries(
        (await db('related_entities').select()).map(row => [
          row.entity_ref,
          row.title,
        ]),
      );
    const activeScopes = () =>
      db('scopes').where({ active: true }).orderBy('key').pluck('key');

    const project = (name: string, value = name) =>
      component(name, {
        annotations: { [ANNOTATION_FAKE_PROJECT]: value },
        spec: { owner: 'team-a' },
      });

    it('keeps the services that the filter names, page by page', async () => {
      catalog.pageSize = 2;
      catalog.entities = [
        ...['a', 'b', 'c', 'd', 'e'].map(name =>
          component(name, { spec: { type: 'service' } }),
        ),
        component('lib', { spec: { type: 'library' } }),
        entity('API', 'api'),
      ];
      const { directory, logger } = directoryOf({
        db,
        catalog,
        config: {
          services: { filter: { kind: 'Component', 'spec.type': 'service' } },
        },
      });
      await directory.refresh();

      expect(await listed()).toEqual(
        ['a', 'b', 'c', 'd', 'e'].map(name => `component:default/${name}`),
      );
      expect(await service('a')).toMatchObject({
        title: 'a',
        search_text: 'a component:default/a',
        type: 'service',
        policy_id: 'default',
      });
      expect(await db('service_status').select()).toHaveLength(5);
      expect(logger.info).toHaveBeenCalledTimes(1);
      expect(logger.info).toHaveBeenCalledWith(
        'Service directory: 5 added, 0 changed, 0 removed; now 5 services',
      );
    });

    it('asks the catalog only for what it needs', async () => {
      catalog.entities = [component('a')];
      const { directory } = directoryOf({
        db,
        catalog,
        ticketSources: [FakeTicketSource.create()],
      });
      await directory.refresh();
      expect(catalog.requests).toEqual([
        expect.objectContaining({
          query: { kind: { $in: ['Group', 'System', 'Domain'] } },
          totalItems: 'exclude',
        }),
        expect.objectContaining({
          query: { kind: 'Component' },
          fields: expect.arrayContaining([
            'metadata.name',
            `metadata.annotations.${ANNOTATION_FAKE_PROJECT}`,
          ]),
          totalItems: 'exclude',
        }),
      ]);
      for (const { fields } of catalog.requests) {
        expect(fields).not.toContain('metadata');
        expect(fields).not.toContain('spec');
      }
    });

    it('follows additions, changes and moves of ownership', async () => {
      const { directory, logger } = directoryOf({ db, catalog });
      catalog.entities = [
        group('team-a', { parent: 'area-1' }, 'Team A'),
        group('team-b', {}, 'Team B'),
        component('a', { spec: { owner: 'team-a' } }),
      ];
      await directory.refresh();
      expect(await ownersOf('a')).toEqual({
        'group:default/team-a': 0,
        'group:default/area-1': 1,
      });

      catalog.entities = [
        group('team-b', {}, 'Team B'),
        component('a', {
          title: 'Service A',
          spec: { owner: 'team-b', lifecycle: 'production' },
        }),
        component('b', { spec: { owner: 'user:jane' } }),
        entity('User', 'jane', {
          spec: { profile: { displayName: 'Jane Doe' } },
        }),
      ];
      logger.info.mockClear();
      await directory.refresh();
      expect(await service('a')).toMatchObject({
        title: 'Service A',
        search_text: 'service a component:default/a',
        owner_ref: 'group:default/team-b',
        lifecycle: 'production',
      });
      expect(await ownersOf('a')).toEqual({ 'group:default/team-b': 0 });
      expect(await ownersOf('b')).toEqual({ 'user:default/jane': 0 });
      expect(await titles()).toEqual({
        'group:default/team-b': 'Team B',
        'user:default/jane': 'Jane Doe',
      });
      expect(logger.info).toHaveBeenCalledWith(
        'Service directory: 1 added, 1 changed, 0 removed; now 2 services',
      );
    });

    it('follows groups that move to another parent, and that are renamed', async () => {
      const { directory } = directoryOf({ db, catalog });
      const services = [
        component('a', { spec: { owner: 'team' } }),
        component('b', { spec: { owner: 'other' } }),
      ];
      catalog.entities = [group('team', { parent: 'area-1' }), ...services];
      await directory.refresh();

      catalog.entities = [
        group('team', { parent: 'area-2' }),
        group('area-2', { parent: 'company' }, 'Area 2'),
        ...services,
      ];
      await directory.refresh();
      expect(await ownersOf('a')).toEqual({
        'group:default/team': 0,
        'group:default/area-2': 1,
        'group:default/company': 2,
      });

      catalog.entities = [
        group('team', { parent: 'area-2' }),
        group('area-2', { parent: 'company' }, 'Area Two'),
        ...services,
      ];
      await directory.refresh();
      expect(await titles()).toEqual({
        'group:default/team': 'team',
        'group:default/area-2': 'Area Two',
        'group:default/company': 'company',
        'group:default/other': 'other',
      });
    });

    it('follows a system that moves to another domain', async () => {
      const { directory } = directoryOf({ db, catalog });
      const shop = (domain: string) =>
        entity('System', 'shop', { spec: { domain } });
      catalog.entities = [
        shop('sales'),
        component('a', { spec: { system: 'shop' } }),
      ];
      await directory.refresh();
      expect(await service('a')).toMatchObject({
        system_ref: 'system:default/shop',
        domain_ref: 'domain:default/sales',
      });
      catalog.entities[0] = shop('retail');
      await directory.refresh();
      expect(await service('a')).toMatchObject({
        domain_ref: 'domain:default/retail',
      });
    });

    it('removes at once what is gone, and takes it back with its records', async () => {
      const source = FakeTicketSource.create();
      const { directory } = directoryOf({
        db,
        catalog,
        ticketSources: [source],
      });
      catalog.entities = [project('a'), project('b')];
      await directory.refresh();
      const { id } = await service('a');
      const [scope] = await db('scopes').where({ key: 'a' });
      await db.transaction(tx =>
        TicketStore.create().storePage(tx, {
          sourceId: source.id,
          scopeId: scope.id,
          tickets: [testTicket({ externalId: '1', container: 'a' })],
        }),
      );

      catalog.entities = [project('b')];
      await directory.refresh();
      expect(await listed()).toEqual(['component:default/b']);
      expect(Number((await service('a')).removed_at)).toBe(NOW);
      expect(await activeScopes()).toEqual(['b']);
      expect(await db('tickets').pluck('external_id')).toEqual(['1']);

      await db('scopes').where({ key: 'a' }).update({ next_run_at: 9e15 });
      catalog.entities = [project('b'), project('a')];
      await directory.refresh();
      expect(await listed()).toEqual([
        'component:default/a',
        'component:default/b',
      ]);
      expect((await service('a')).id).toBe(id);
      expect(await activeScopes()).toEqual(['a', 'b']);
      expect(
        Number((await db('scopes').where({ key: 'a' }).first()).next_run_at),
      ).toBe(0);
      expect(
        await db('service_status').where({ service_id: id }).first(),
      ).toMatchObject({ backlog_open_count: 1 });
    });

    it('removes nothing when a reading ends early', async () => {
      catalog.pageSize = 2;
      const { directory } = directoryOf({ db, catalog });
      catalog.entities = ['a', 'b', 'c'].map(name => component(name));
      await directory.refresh();

      catalog.entities = ['b', 'c', 'd', 'e'].map(name => component(name));
      catalog.failsAfterPages = 1;
      await expect(directory.refresh()).rejects.toThrow('The catalog is down');
      expect(await listed()).toEqual(
        ['a', 'b', 'c'].map(name => `component:default/${name}`),
      );

      const stopped = new AbortController();
      stopped.abort(new Error('The backend stops'));
      catalog.failsAfterPages = undefined;
      await expect(
        directory.refresh({ signal: stopped.signal }),
      ).rejects.toThrow('The backend stops');
      expect(await listed()).toContain('component:default/a');

      await directory.refresh();
      expect(await listed()).toEqual(
        ['b', 'c', 'd', 'e'].map(name => `component:default/${name}`),
      );
    });

    it('believes that there are no services only when told so twice in a row', async () => {
      const { directory, logger } = directoryOf({ db, catalog });
      const entities = [component('a')];
      const refreshWith = async (given: Entity[]) => {
        catalog.entities = given;
        await directory.refresh();
        return listed();
      };
      expect(await refreshWith(entities)).toHaveLength(1);
      expect(await refreshWith([])).toHaveLength(1);
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(await refreshWith(entities)).toHaveLength(1);
      expect(await refreshWith([])).toHaveLength(1);
      expect(await refreshWith([])).toHaveLength(0);
      expect(await refreshWith([])).toHaveLength(0);
      expect(await refreshWith(entities)).toHaveLength(1);
      expect(logger.warn).toHaveBeenCalledTimes(2);
    });

    it('is not kept busy by groups that are above each other', async () => {
      const { directory } = directoryOf({ db, catalog });
      catalog.entities = [
        group('a', { parent: 'b' }),
        group('b', { parent: 'a', children: ['b'] }),
        component('x', { spec: { owner: 'a' } }),
      ];
      await directory.refresh();
      expect(await ownersOf('x')).toEqual({
        'group:default/a': 0,
        'group:default/b': 1,
      });
    });

    it('marks the measure of a malformed annotation until it is mended', async () => {
      const { directory } = directoryOf({
        db,
        catalog,
        ticketSources: [FakeTicketSource.create()],
        experimentSources: [FakeExperimentSource.create()],
      });
      const broken = component('a', {
        annotations: {
          [ANNOTATION_FAKE_PROJECT]: 'no spaces!',
          [ANNOTATION_FAKE_TEMPLATES]: 'EXT1',
        },
      });
      catalog.entities = [broken, project('b')];
      await directory.refresh();

      expect(await db('service_problems').select()).toEqual([
        {
          service_id: (await service('a')).id,
          source_id: 'fake:tickets',
          measure: 'backlog',
          message:
            'The annotation fake/project is "no spaces!"; expected the name of a project, such as acme',
        },
      ]);
      const status = async (name: string) =>
        db('service_status')
          .where({ service_id: (await service(name)).id })
          .first();
      expect(await status('a')).toMatchObject({
        backlog_problem: expect.stringContaining('no spaces!'),
        game_day_problem: null,
      });
      expect(await status('b')).toMatchObject({ backlog_problem: null });
      expect(await db('experiment_matchers').pluck('lookup')).toEqual([
        'template:EXT1',
      ]);

      catalog.entities = [project('a'), project('b')];
      await directory.refresh();
      expect(await db('service_problems').select()).toEqual([]);
      expect(await status('a')).toMatchObject({ backlog_problem: null });
      expect(await db('experiment_matchers').select()).toEqual([]);
    });

    it('matches what is stored already when a service begins to name it', async () => {
      const tickets = FakeTicketSource.create();
      const experiments = FakeExperimentSource.create();
      const { directory } = directoryOf({
        db,
        catalog,
        ticketSources: [tickets],
        experimentSources: [experiments],
      });
      catalog.entities = [project('a'), component('b')];
      await directory.refresh();
      const scopeId = async (key: string) =>
        (await db('scopes').where({ key }).first()).id;
      const ticketScope = await scopeId('a');
      await db.transaction(async tx => {
        await TicketStore.create().storePage(tx, {
          sourceId: tickets.id,
          scopeId: ticketScope,
          tickets: [testTicket({ externalId: '1', container: 'a' })],
        });
      });
      const experimentScope = await scopeId('123456789012/eu-west-1');
      await db.transaction(async tx => {
        await ExperimentStore.create().storePage(tx, {
          sourceId: experiments.id,
          scopeId: experimentScope,
          experiments: [
            testExperiment({ externalId: 'E1', templateId: 'EXT1' }),
            testExperiment({
              externalId: 'E2',
              startedAt: 9_000,
              entityRefs: ['component:default/newcomer'],
            }),
          ],
        });
      });

      catalog.entities = [
        project('a'),
        component('b', {
          annotations: {
            [ANNOTATION_FAKE_PROJECT]: 'a',
            [ANNOTATION_FAKE_TEMPLATES]: 'EXT1',
          },
        }),
        component('newcomer'),
      ];
      await directory.refresh();
      expect(
        await db('service_status')
          .orderBy('entity_ref')
          .select('entity_ref', 'backlog_open_count', 'game_day_last_title'),
      ).toEqual([
        expect.objectContaining({ entity_ref: 'component:default/a' }),
        {
          entity_ref: 'component:default/b',
          backlog_open_count: 1,
          game_day_last_title: 'Experiment E1',
        },
        {
          entity_ref: 'component:default/newcomer',
          backlog_open_count: 0,
          game_day_last_title: 'Experiment E2',
        },
      ]);
    });

    it('lets scopes rest whose source is gone, and wakes them when it is back', async () => {
      const ticketSources = [FakeTicketSource.create()];
      const experimentSources = [FakeExperimentSource.create()];
      catalog.entities = [project('a')];
      const members = () =>
        db('scope_group_members')
          .where({ group_id: 'experiments' })
          .pluck('scope_id');

      await directoryOf({
        db,
        catalog,
        ticketSources,
        experimentSources,
      }).directory.refresh();
      expect(await activeScopes()).toEqual(['123456789012/eu-west-1', 'a']);
      expect(await members()).toHaveLength(1);

      await directoryOf({ db, catalog }).directory.refresh();
      expect(await activeScopes()).toEqual([]);
      expect(await members()).toEqual([]);
      expect(await db('scopes').pluck('key')).toHaveLength(2);

      await directoryOf({
        db,
        catalog,
        ticketSources,
        experimentSources,
      }).directory.refresh();
      expect(await activeScopes()).toEqual(['123456789012/eu-west-1', 'a']);
      expect(await members()).toHaveLength(1);
    });

    it('makes a scope due in which a service names something new', async () => {
      const source = FakeTicketSource.create();
      // All projects in one scope.
      source.scopesFor = ({ annotations }) => {
        const container = annotations[ANNOTATION_FAKE_PROJECT];
        const key = 'batch';
        return container ? [{ key, title: key, matcher: { container } }] : [];
      };
      const { directory } = directoryOf({
        db,
        catalog,
        ticketSources: [source],
      });
      catalog.entities = [project('a')];
      await directory.refresh();
      const later = Date.now() + 600_000;
      const nextRun = async () =>
        Number((await db('scopes').first()).next_run_at);
      const named = () =>
        db('scope_containers').orderBy('container').pluck('container');
      expect(await named()).toEqual(['a']);

      await db('scopes').update({ next_run_at: later });
      await directory.refresh();
      expect(await nextRun()).toBe(later);

      catalog.entities = [project('a'), project('b')];
      await directory.refresh();
      expect(await nextRun()).toBeLessThanOrEqual(Date.now());
      expect(await named()).toEqual(['a', 'b']);
    });

    it('takes over the tolerance of a source', async () => {
      catalog.entities = [project('a')];
      const tolerance = async (text: string) => {
        await directoryOf({
          db,
          catalog,
          ticketSources: [
            FakeTicketSource.create({ schedule: { tolerance: text } }),
          ],
        }).directory.refresh();
        const [scope] = await db('scopes').select();
        await db('scopes').update({ last_success_at: 1_000 });
        const [scopeGroup] = await db('scope_groups').whereNot({
          id: 'experiments',
        });
        return [Number(scope.tolerance_ms), Number(scopeGroup.fresh_until)];
      };
      expect(await tolerance('PT1H')).toEqual([3_600_000, 0]);
      expect(await tolerance('PT2H')).toEqual([7_200_000, 7_201_000]);
    });

    /** Refreshes as after a start with some policies, and tells what it did. */
    const refreshWith = async (
      policies: JsonObject[],
      options: { experimentSources?: ExperimentSource[] } = {},
    ) => {
      const { directory, logger, status, tickets } = directoryOf({
        db,
        catalog,
        config: { policies },
        ...options,
      });
      const recomputePolicies = jest.spyOn(status, 'recomputePolicies');
      const spies = {
        recomputeAll: jest.spyOn(status, 'recomputeAll'),
        recomputePolicies,
        recompute: jest.spyOn(status, 'recompute'),
        rematch: jest.spyOn(tickets, 'rematch'),
      };
      await directory.refresh();
      return {
        called: Object.entries(spies).flatMap(([name, spy]) =>
          spy.mock.calls.length ? [name] : [],
        ),
        logger,
        policyChanges: recomputePolicies.mock.calls.map(([, ids]) => ids),
      };
    };
    const requiredOf = async (name: string) => {
      const row = await db('service_status')
        .where({ entity_ref: `component:default/${name}` })
        .first();
      return {
        policy: row.policy_id,
        gameDay: Boolean(row.game_day_required),
      };
    };

    it('recomputes the services of policies that have changed, and no others', async () => {
      catalog.entities = [component('a'), component('b')];
      const a = { id: 'a', match: { 'metadata.name': 'a' } };
      const rest = { id: 'rest', gameDay: { every: 'P1D' } };
      await refreshWith([a, rest]);
      expect(await requiredOf('a')).toEqual({ policy: 'a', gameDay: false });
      expect(await requiredOf('b')).toEqual({ policy: 'rest', gameDay: true });

      expect((await refreshWith([a, rest])).called).toEqual([]);

      const stricter = { ...a, gameDay: { every: 'P2D' } };
      const changed = await refreshWith([stricter, rest]);
      expect(changed.policyChanges).toEqual([['a']]);
      expect(await requiredOf('a')).toEqual({ policy: 'a', gameDay: true });
      expect(changed.logger.info).toHaveBeenCalledWith(
        'The policies changed; the services of a are recomputed',
      );
    });

    it('recomputes every status when the experiment sources have changed', async () => {
      catalog.entities = [component('a')];
      const policies = [{ id: 'a', gameDay: { every: 'P1D' } }];
      const configured = async () => {
        const row = await db('service_status').first();
        return Boolean(row.game_day_configured);
      };
      await refreshWith(policies);
      expect(await configured()).toBe(false);
      const experimentSources = [FakeExperimentSource.create()];
      const { called } = await refreshWith(policies, { experimentSources });
      expect(called).toContain('recomputeAll');
      expect(await configured()).toBe(true);
    });

    it('gives services another policy without reading what is theirs anew', async () => {
      catalog.entities = [
        component('a', { labels: { tier: '1' } }),
        component('b', { labels: { tier: '2' } }),
        component('c'),
      ];
      const rest = { id: 'rest' };
      const tier = (value: string) => ({
        id: 'tier',
        match: { 'metadata.labels.tier': value },
        gameDay: { every: 'P1D' },
      });
      await refreshWith([tier('1'), rest]);
      const { called, logger } = await refreshWith([tier('2'), rest]);
      expect(called).toEqual([]);
      expect(await requiredOf('a')).toEqual({ policy: 'rest', gameDay: false });
      expect(await requiredOf('b')).toEqual({ policy: 'tier', gameDay: true });
      expect(await requiredOf('c')).toEqual({ policy: 'rest', gameDay: false });
      expect((await service('a')).policy_id).toBe('rest');
      expect(logger.info).toHaveBeenCalledWith(
        'Service directory: 0 added, 0 changed, 0 removed; 2 under another policy; now 3 services',
      );
      expect((await refreshWith([tier('2'), rest])).called).toEqual([]);
    });

    it('lets a policy apply from its day on, without a restart', async () => {
      let now = Date.parse('2026-12-31T23:59:00Z');
      catalog.entities = [component('a', { labels: { tier: '1' } })];
      const { directory } = directoryOf({
        db,
        catalog,
        now: () => now,
        config: {
          policies: [
            {
              id: 'strict',
              match: { 'metadata.labels.tier': '1' },
              enforceFrom: '2027-01-01',
              gameDay: { every: 'P1D' },
            },
            { id: 'rest' },
          ],
        },
      });
      await directory.refresh();
      expect(await requiredOf('a')).toEqual({ policy: 'rest', gameDay: false });
      now += 60_000;
      await directory.refresh();
      expect(await requiredOf('a')).toEqual({
        policy: 'strict',
        gameDay: true,
      });
    });

    it('goes on where a process died while it recomputed', async () => {
      catalog.entities = Array.from({ length: 1100 }, (_, n) =>
        component(`s${n}`),
      );
      const policies = (every?: string) => [
        { id: 'all', ...(every && { gameDay: { every } }) },
      ];
      await refreshWith(policies());
      const required = async () => {
        const rows = await db('service_status')
          .where({ game_day_required: true })
          .pluck('service_id');
        return rows.length;
      };

      const { directory, status } = directoryOf({
        db,
        catalog,
        config: { policies: policies('P1D') },
      });
      const recompute = status.recomputeForPolicies.bind(status);
      jest
        .spyOn(status, 'recomputeForPolicies')
        .mockImplementationOnce(recompute)
        .mockRejectedValueOnce(new Error('The process dies'));
      await expect(directory.refresh()).rejects.toThrow('The process dies');
      expect(await required()).toBe(500);

      const next = directoryOf({
        db,
        catalog,
        config: { policies: policies('P1D') },
      });
      const again = jest.spyOn(next.status, 'recomputeForPolicies');
      await next.directory.refresh();
      expect(await required()).toBe(1100);
      const recomputed = again.mock.calls.flatMap(([, ids]) => ids);
      expect(recomputed).toHaveLength(600);

      // Another change begins at the beginning.
      await refreshWith(policies());
      expect(await required()).toBe(0);
    });

    it('bears two replicas that refresh at the same time', async () => {
      catalog.pageSize = 10;
      catalog.entities = Array.from({ length: 60 }, (_, index) =>
        project(`s${index}`, `project-${index % 7}`),
      );
      const refreshBoth = () =>
        Promise.all(
          [1, 2].map(() =>
            directoryOf({
              db,
              catalog,
              ticketSources: [FakeTicketSource.create()],
            }).directory.refresh(),
          ),
        );
      await refreshBoth();
      expect(await listed()).toHaveLength(60);
      expect(await activeScopes()).toHaveLength(7);

      catalog.entities = catalog.entities
        .slice(0, 40)
        .map((each, index) =>
          project(each.metadata.name, `other-${index % 3}`),
        );
      await refreshBoth();
      expect(await listed()).toHaveLength(40);
      expect(await activeScopes()).toEqual(['other-0', 'other-1', 'other-2']);
      expect(
        await db('service_scopes')
          .join('services', 'services.id', 'service_scopes.service_id')
          .whereNull('removed_at')
          .count({ count: '*' })
          .first(),
      ).toEqual({ count: databaseId === 'SQLITE_3' ? 40 : '40' });
    });

    it('tells once of a source that breaks on every service', async () => {
      const source = FakeTicketSource.create();
      jest.spyOn(source, 'scopesFor').mockImplementation(() => {
        throw new TypeError('x is not a function');
      });
      catalog.entities = [component('a'), component('b')];
      const { directory, logger } = directoryOf({
        db,
        catalog,
        ticketSources: [source],
      });
      await directory.refresh();
      expect(await listed()).toHaveLength(2);
      expect(logger.error).toHaveBeenCalledTimes(1);
      expect(logger.error).toHaveBeenCalledWith(
        'The source fake:tickets failed to read the annotations of 2 services, first of component:default/a: x is not a function',
      );
    });

    it('reads 10,000 services in batches, and writes nothing without changes', async () => {
      catalog.pageSize = 500;
      catalog.entities = [
        ...Array.from({ length: 100 }, (_, index) =>
          group(`team-${index}`, { parent: `area-${index % 10}` }),
        ),
        ...Array.from({ length: 10_000 }, (_, index) =>
          component(`service-${index}`, {
            annotations: { [ANNOTATION_FAKE_PROJECT]: `project-${index}` },
            spec: { owner: `team-${index % 100}`, system: `s-${index % 50}` },
          }),
        ),
      ];
      const { directory } = directoryOf({
        db,
        catalog,
        ticketSources: [FakeTicketSource.create()],
      });
      const first = await statementsOf(db, () => directory.refresh());
      expect(await listed()).toHaveLength(10_000);
      // 20 pages; what is computed for a service, is computed 200 at a time.
      expect(first.statements.length).toBeLessThan(3_000);

      const second = await statementsOf(db, () => directory.refresh());
      expect(second.writes).toEqual([]);
      expect(second.statements.length).toBeLessThan(60);
    }, 120_000);
  },
);
