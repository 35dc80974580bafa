import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  Page,
  Rollup,
  Service,
} from 'backstage-plugin-operational-excellence-common';
import {
  ANNOTATION_FAKE_PROJECT,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { Knex } from 'knex';
import { eventually } from '../sync/__testUtils__/TestSync';
import {
  component,
  fakeCatalog,
} from '../visibility/__testUtils__/fakeCatalog';
import {
  allow,
  conditional,
  FakePolicy,
} from '../visibility/__testUtils__/FakePolicy';
import { ApiRequest, DocumentedApi } from './__testUtils__/DocumentedApi';
import { startPlugin } from './__testUtils__/startPlugin';

const service = (name: string, ownerRef: string): Entity =>
  component(name, {
    metadata: {
      name,
      namespace: 'default',
      annotations: { [ANNOTATION_FAKE_PROJECT]: name },
    },
    relations: [{ type: 'ownedBy', targetRef: ownerRef }],
  });

const ENTITIES = [
  service('payments', 'group:default/team'),
  service('search', 'group:default/other'),
  component('lonely'),
  component('team', { kind: 'Group', spec: { parent: 'division' } }),
  component('other', { kind: 'Group', spec: { parent: 'division' } }),
  component('division', {
    kind: 'Group',
    metadata: { name: 'division', namespace: 'default', title: 'All of us' },
  }),
];

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Answer = Page<Rollup> & { error: { message: string } };

describe.each(databases.eachSupportedId())('rollups on %s', databaseId => {
  const tracker = FakeTicketSource.create();
  let db: Knex;
  let api: DocumentedApi;
  let runTask: (id: string) => Promise<void>;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const waiting = { title: 'Waits', improvement: true, createdAt: 1 };
    await tracker.upstream.createIn('payments', waiting, waiting);
    await tracker.upstream.createIn('search', waiting);
    const { catalog } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller =>
        caller === 'user:default/bob'
          ? ['component:default/payments']
          : ENTITIES.map(entity => stringifyEntityRef(entity)),
    });
    db = await databases.init(databaseId);
    ({ api, runTask, stop } = await startPlugin({
      catalog,
      auditor: mockServices.auditor.mock(),
      db,
      policy: new FakePolicy((permission, caller) =>
        permission === 'catalog.entity.read' && caller === 'user:default/bob'
          ? conditional()
          : allow,
      ),
      sources: [tracker],
      config: { policies: [{ id: 'all', backlog: { maxAge: 'P90D' } }] },
    }));
    await eventually(async () => {
      const { body } = await call<Page<Service>>({ path: '/services' });
      const open = body.items.map(({ backlog }) => backlog.openCount);
      if (open.sort().join() !== '0,1,2') throw new Error(`Open are ${open}`);
    });
  });

  afterAll(() => stop());

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  async function rollups(
    query: Record<string, string>,
    authorization = alice,
  ): Promise<Rollup[]> {
    const { body } = await call<Answer>({
      path: '/rollups',
      query,
      authorization,
    });
    return body.items;
  }

  const counts = (items: Rollup[]) =>
    items.map(({ children, key, openCount, services, title }) => [
      key,
      title,
      services,
      openCount,
      children,
    ]);

  it('count services and what they sum up to', async () => {
    const byOwner = [
      ['group:default/division', 'All of us', 2, 3, 2],
      ['group:default/other', 'other', 1, 1, 0],
      ['group:default/team', 'team', 1, 2, 0],
      [null, null, 1, 0, 0],
    ];
    expect(counts(await rollups({ by: 'owner', sort: 'title' }))).toEqual(
      byOwner,
    );
    // The changes are added up now and then: nothing else is told for that.
    await runTask('fold-rollups');
    expect(await db('rollup_changes')).toEqual([]);
    expect(await db('rollups').where({ dimension: 'owner' })).toHaveLength(4);
    expect(counts(await rollups({ by: 'owner', sort: 'title' }))).toEqual(
      byOwner,
    );
    const [all] = await rollups({ by: 'all' });
    expect(all).toMatchObject({
      services: 3,
      openCount: 3,
      states: {
        service: { overdue: 2, 'not-configured': 1 },
        backlog: { overdue: 2, 'not-configured': 1 },
        gameDay: { 'not-required': 3 },
        readinessTest: { 'not-required': 3 },
      },
    });
  });

  it('count no more than is visible', async () => {
    expect(counts(await rollups({ by: 'owner', sort: 'title' }, bob))).toEqual([
      ['group:default/division', 'All of us', 1, 2, 1],
      ['group:default/team', 'team', 1, 2, 0],
    ]);
    const [all] = await rollups({ by: 'all' }, bob);
    expect(all).toMatchObject({ services: 1, openCount: 2 });
  });

  it('count what the lists hold that they lead to', async () => {
    const filter = { backlog: 'overdue', owner: 'group:default/division' };
    const { body } = await call<Page<Service>>({
      path: '/services',
      query: { state: filter.backlog, measure: 'backlog', owner: filter.owner },
    });
    const [group] = await rollups({ by: 'owner', key: filter.owner });
    expect(group.states.backlog.overdue).toBe(body.totalItems);
    const none = await call<Page<Service>>({
      path: '/services',
      query: { without: 'owner' },
    });
    expect(none.body.items.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/lonely',
    ]);
  });

  it('are told beside a file of the services', async () => {
    const file = async (authorization: string) => {
      const { body } = await call<string>({
        path: '/services.csv',
        query: { sort: '-backlogOpenCount' },
        authorization,
      });
      return body.split('\r\n').map(line => line.split(',')[0]);
    };
    expect(await file(alice)).toEqual([
      '\uFEFFentityRef',
      '"component:default/payments"',
      '"component:default/search"',
      '"component:default/lonely"',
      '',
    ]);
    expect(await file(bob)).toEqual([
      '\uFEFFentityRef',
      '"component:default/payments"',
      '',
    ]);
  });

  it.each([
    [{}, /^Invalid query parameter by: /],
    [{ by: 'colour' }, /^Invalid query parameter by: /],
    [{ by: 'owner', sort: 'age' }, /^Invalid query parameter sort: /],
    [{ by: 'owner', reached: 'true' }, /^Invalid query parameter reached: /],
  ])('are refused for %j', async (query, message) => {
    const { body, status } = await call<Answer>({ path: '/rollups', query });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });

  it.each<ApiRequest['query']>([{ limit: '5' }, { initiative: 'none' }])(
    'are no file for %j',
    async query => {
      const { status } = await call({ path: '/services.csv', query });
      expect(status).toBe(400);
    },
  );
});
