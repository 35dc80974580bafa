import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  ExperimentItem,
  FIS_ENTITY_REF_TAG,
  Page,
  Service,
  ServiceDetail,
  ServiceFacets,
  Source,
  SourceProblem,
  SourceScope,
  TicketItem,
  UnmappedService,
} from 'backstage-plugin-operational-excellence-common';
import {
  operationalExcellenceExperimentSourcesExtensionPoint,
  operationalExcellenceTicketSourcesExtensionPoint,
  ServiceDescriptor,
} from 'backstage-plugin-operational-excellence-node';
import {
  ANNOTATION_FAKE_PROJECT,
  ANNOTATION_FAKE_TEMPLATES,
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import plugin from '../index';
import {
  component,
  fakeCatalog,
} from '../visibility/__testUtils__/fakeCatalog';
import {
  allow,
  conditional,
  deny,
  FakePolicy,
} from '../visibility/__testUtils__/FakePolicy';
import { DocumentedApi } from './__testUtils__/DocumentedApi';

const PAYMENTS = 'component:default/payments';
const CHECKOUT = 'component:default/checkout';
const MAIL = 'component:default/mail';
const SEARCH = 'component:default/search';

function service(
  name: string,
  owner: string,
  annotations: Record<string, string>,
): Entity {
  return component(name, {
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
  });
}

const ENTITIES: Entity[] = [
  service('payments', 'team-a', { [ANNOTATION_FAKE_PROJECT]: 'acme' }),
  service('checkout', 'team-a', {
    [ANNOTATION_FAKE_PROJECT]: 'acme',
    [ANNOTATION_FAKE_TEMPLATES]: 'EXT1',
  }),
  service('search', 'team-b', {
    [ANNOTATION_FAKE_PROJECT]: 'find',
    [ANNOTATION_FAKE_TEMPLATES]: 'EXT1',
  }),
  service('mail', 'team-b', {}),
  component('team-a', { kind: 'Group' }),
  component('team-b', { kind: 'Group' }),
];

/** What the conditions of the policy come to in the catalog. */
const READABLE: Record<string, string[]> = {
  'user:default/alice': [PAYMENTS, CHECKOUT],
  'user:default/bob': [MAIL, SEARCH],
};

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');
const admin = mockCredentials.user.header('user:default/admin');
const stranger = mockCredentials.user.header('user:default/stranger');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('callers on %s', databaseId => {
  let api: DocumentedApi;
  let stop: () => Promise<void>;
  let catalogRequests: { caller: string }[];

  const policy = new FakePolicy((permission, caller) => {
    if (permission !== 'catalog.entity.read') return allow;
    if (caller === 'user:default/stranger') return deny;
    return caller in READABLE ? conditional() : allow;
  });

  async function get<T>(
    authorization: string,
    path: string,
    query?: Record<string, string>,
  ) {
    const { body, status } = await api.call<T>({ authorization, path, query });
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return body;
  }

  beforeAll(async () => {
    const tickets = Object.assign(FakeTicketSource.create(), {
      suggestionsFor: ({ title }: ServiceDescriptor) => [
        { annotation: ANNOTATION_FAKE_PROJECT, value: title.toLowerCase() },
      ],
    });
    await tickets.upstream.createIn(
      'acme',
      { title: 'Retry', improvement: true },
      { title: 'Fix', improvement: false },
    );
    await tickets.upstream.createIn('find', {
      title: 'Index',
      improvement: true,
    });
    const experiments = FakeExperimentSource.create();
    const done = { state: 'completed', endedAt: Date.now() } as const;
    await experiments.upstream.add({ ...done, title: 'Of two' });
    await experiments.upstream.add({
      ...done,
      title: 'Of payments',
      templateId: null,
      tags: { [FIS_ENTITY_REF_TAG]: PAYMENTS },
    });
    await experiments.upstream.add({
      ...done,
      title: 'Of nobody',
      templateId: null,
    });

    const { catalog, requests } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller =>
        caller.startsWith('user:')
          ? READABLE[caller] ?? []
          : ENTITIES.map(entity => stringifyEntityRef(entity)),
    });
    catalogRequests = requests;

    const sources = createBackendModule({
      pluginId: 'operational-excellence',
      moduleId: 'fakes',
      register(env) {
        env.registerInit({
          deps: {
            experimentSources:
              operationalExcellenceExperimentSourcesExtensionPoint,
            ticketSources: operationalExcellenceTicketSourcesExtensionPoint,
          },
          async init({ experimentSources, ticketSources }) {
            experimentSources.addExperimentSource(experiments);
            ticketSources.addTicketSource(tickets);
          },
        });
      },
    });
    const db = await databases.init(databaseId);
    const backend = await startTestBackend({
      features: [
        plugin,
        sources,
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () => catalog,
        }),
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () => policy,
        }),
        mockServices.database.factory({ knex: db }),
      ],
    });
    stop = () => backend.stop();
    api = DocumentedApi.of(backend.server);
    await synchronised();
    await db('scope_containers').where({ container: 'find' }).update({
      missing_message: 'There is no project find',
      missing_suggestion: 'acme',
      missing_since: 1,
    });
  });

  afterAll(() => stop());

  async function synchronised() {
    const giveUpAt = Date.now() + 20_000;
    for (;;) {
      const { items } = await get<{ items: Source[] }>(admin, '/sources');
      if (items.every(({ health, rows }) => health === 'ok' && rows === 3)) {
        return;
      }
      if (Date.now() > giveUpAt) throw new Error(JSON.stringify(items));
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  beforeEach(() => {
    policy.requests.length = 0;
    catalogRequests.length = 0;
  });

  it.each([
    ['admin', admin, [CHECKOUT, MAIL, PAYMENTS, SEARCH]],
    ['alice', alice, [CHECKOUT, PAYMENTS]],
    ['bob', bob, [MAIL, SEARCH]],
    ['stranger', stranger, []],
  ])(
    'lists to %s what they see and counts only that',
    async (_, caller, seen) => {
      const page = await get<Page<Service>>(caller, '/services', {
        sort: 'title',
      });
      expect(page.items.map(({ entityRef }) => entityRef)).toEqual(seen);
      expect(page.totalItems).toBe(seen.length);

      const facets = await get<ServiceFacets>(caller, '/services/facets');
      const countOf = (facet: { count: number }[]) =>
        facet.reduce((sum, { count }) => sum + count, 0);
      expect(countOf(facets.owner)).toBe(seen.length);
      expect(countOf(facets.type)).toBe(seen.length);
    },
  );

  it('pages through what a caller sees', async () => {
    const query = { sort: 'title', limit: '1' };
    const first = await get<Page<Service>>(alice, '/services', query);
    const second = await get<Page<Service>>(alice, '/services', {
      ...query,
      cursor: first.nextCursor!,
    });
    expect(
      [...first.items, ...second.items].map(item => item.entityRef),
    ).toEqual([CHECKOUT, PAYMENTS]);
    expect(second.nextCursor).toBeUndefined();
    expect(second.totalItems).toBe(2);
  });

  it('refuses a cursor that is none, or that belongs to another order', async () => {
    const { nextCursor } = await get<Page<Service>>(admin, '/services', {
      sort: 'title',
      limit: '1',
    });
    for (const cursor of ['nonsense', nextCursor!]) {
      const { status } = await api.call({
        authorization: admin,
        path: '/services',
        query: { sort: '-title', cursor },
      });
      expect(status).toBe(400);
    }
  });

  it('shows a service and its tickets to whom it is visible', async () => {
    const path = '/services/component/default/payments';
    const detail = await get<ServiceDetail>(alice, path);
    expect(detail).toMatchObject({
      entityRef: PAYMENTS,
      backlog: { openCount: 1 },
      gameDay: { last: { title: 'Of payments' } },
    });
    const tickets = await get<Page<TicketItem>>(alice, `${path}/tickets`, {
      class: 'all',
    });
    expect(tickets.items.map(({ title }) => title).sort()).toEqual([
      'Fix',
      'Retry',
    ]);
  });

  it.each(['', '/tickets'])(
    'hides a service as if it did not exist, by %s',
    async rest => {
      const answers = await Promise.all(
        [
          [alice, 'search'],
          [bob, 'payments'],
          [stranger, 'search'],
          [admin, 'nowhere'],
        ].map(([authorization, name]) =>
          api.call<{ error: { message: string } }>({
            authorization,
            path: `/services/component/default/${name}${rest}`,
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect(answers.map(({ body }) => body.error.message)).toEqual(
        ['search', 'payments', 'search', 'nowhere'].map(
          name =>
            `There is no service component:default/${name}, or you may not see it in the catalog`,
        ),
      );
    },
  );

  it.each([
    [
      'admin',
      admin,
      [
        ['Of nobody', []],
        ['Of payments', [PAYMENTS]],
        ['Of two', [CHECKOUT, SEARCH]],
      ],
    ],
    [
      'alice',
      alice,
      [
        ['Of payments', [PAYMENTS]],
        ['Of two', [CHECKOUT]],
      ],
    ],
    ['bob', bob, [['Of two', [SEARCH]]]],
    ['stranger', stranger, []],
  ])(
    'shows %s experiments, with the services that they see',
    async (_, caller, seen) => {
      const page = await get<Page<ExperimentItem>>(caller, '/experiments');
      expect(
        page.items
          .map(({ entityRefs, title }) => [title, [...entityRefs].sort()])
          .sort(),
      ).toEqual(seen);
      expect(page.totalItems).toBe(seen.length);
    },
  );

  it('finds no experiment by a service that is hidden', async () => {
    const page = await get<Page<ExperimentItem>>(alice, '/experiments', {
      service: SEARCH,
    });
    expect(page).toMatchObject({ items: [], totalItems: 0 });
  });

  it.each([
    [
      'admin',
      admin,
      [3, 3],
      [
        ['acme', 2],
        ['find', 1],
      ],
    ],
    [
      'alice',
      alice,
      [2, 2],
      [
        ['acme', 2],
        ['find', 0],
      ],
    ],
    [
      'bob',
      bob,
      [1, 1],
      [
        ['acme', 0],
        ['find', 1],
      ],
    ],
    [
      'stranger',
      stranger,
      [0, 0],
      [
        ['acme', 0],
        ['find', 0],
      ],
    ],
  ])(
    'counts for %s the services of sources that they see',
    async (_, caller, bySource, byScope) => {
      const { items } = await get<{ items: Source[] }>(caller, '/sources');
      expect(items.map(({ services }) => services)).toEqual(bySource);
      const scopes = await get<Page<SourceScope>>(
        caller,
        '/sources/fake%3Atickets/scopes',
      );
      expect(
        scopes.items.map(({ key, services }) => [key, services]).sort(),
      ).toEqual(byScope);
    },
  );

  it.each([
    ['admin', admin, [SEARCH], [MAIL]],
    ['alice', alice, [], []],
    ['bob', bob, [SEARCH], [MAIL]],
    ['stranger', stranger, [], []],
  ])(
    'tells %s what services that they see name wrongly, and which name nothing',
    async (_, caller, wrong, unmapped) => {
      const problems = await get<Page<SourceProblem>>(
        caller,
        '/sources/fake%3Atickets/problems',
      );
      expect(problems.totalItems).toBe(wrong.length);
      expect(problems.items.map(({ entityRef }) => entityRef)).toEqual(wrong);
      const { items } = await get<{ items: Source[] }>(caller, '/sources');
      expect(items.map(source => source.problems)).toEqual([wrong.length, 0]);

      const services = await get<Page<UnmappedService>>(
        caller,
        '/unmapped-services',
      );
      expect(services.totalItems).toBe(unmapped.length);
      expect(services.items.map(({ entityRef }) => entityRef)).toEqual(
        unmapped,
      );
    },
  );

  it('suggests what to name instead', async () => {
    const problems = await get<Page<SourceProblem>>(
      bob,
      '/sources/fake%3Atickets/problems',
    );
    expect(problems.items).toEqual([
      {
        entityRef: SEARCH,
        title: expect.stringMatching(/search/i),
        ownerRef: 'group:default/team-b',
        kind: 'missing',
        scope: expect.stringMatching(/find/),
        container: 'find',
        message: 'There is no project find',
        since: '1970-01-01T00:00:00.001Z',
        meant: 'acme',
        suggestion: { annotation: ANNOTATION_FAKE_PROJECT, value: 'acme' },
      },
    ]);
    const unmapped = await get<Page<UnmappedService>>(
      bob,
      '/unmapped-services',
    );
    expect(unmapped.items).toMatchObject([
      {
        entityRef: MAIL,
        suggestions: [
          {
            annotation: ANNOTATION_FAKE_PROJECT,
            value: expect.stringMatching(/mail/),
            sourceId: 'fake:tickets',
          },
        ],
      },
    ]);
  });

  it('asks the permission backend once and no catalog where nothing is conditional', async () => {
    const caller = mockCredentials.user.header('user:default/newcomer');
    await get(caller, '/services');
    await get(caller, '/services/component/default/payments');
    await get(caller, '/experiments');
    expect(policy.requests).toEqual([
      {
        caller: 'user:default/newcomer',
        permissions: [
          'operational-excellence.service.read',
          'catalog.entity.read',
        ],
      },
    ]);
    expect(catalogRequests).toEqual([]);
  });

  it('synchronises on request, and says where there is nothing to', async () => {
    const sync = (id: string, body?: { scope: string }) =>
      api.call({
        authorization: admin,
        method: 'post',
        path: `/sources/${encodeURIComponent(id)}/sync`,
        body,
      });
    await expect(sync('fake:tickets')).resolves.toEqual({
      status: 202,
      body: { scopes: 2 },
    });
    await expect(sync('fake:tickets', { scope: 'find' })).resolves.toEqual({
      status: 202,
      body: { scopes: 1 },
    });
    await expect(
      sync('fake:tickets', { scope: 'gone' }),
    ).resolves.toMatchObject({ status: 404 });
    await expect(sync('gone')).resolves.toMatchObject({ status: 404 });
  });
});
