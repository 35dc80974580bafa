import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  DAY_MS,
  Page,
  Service,
  TimeReport,
} from 'backstage-plugin-operational-excellence-common';
import {
  ANNOTATION_FAKE_PROJECT,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
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

const service = (name: string, project: string): Entity =>
  component(name, {
    metadata: {
      name,
      namespace: 'default',
      annotations: { [ANNOTATION_FAKE_PROJECT]: project },
    },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
  });

const ENTITIES = [
  service('payments', 'acme'),
  service('search', 'find'),
  component('team', { kind: 'Group' }),
];

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Answer = TimeReport & { error: { message: string } };

describe.each(databases.eachSupportedId())('time on %s', databaseId => {
  const now = Date.now();
  const tracker = FakeTicketSource.create();
  let api: DocumentedApi;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const done = (daysAgo: number, improvement: boolean) => ({
      title: 'Done',
      improvement,
      state: 'done' as const,
      createdAt: now - 300 * DAY_MS,
      closedAt: now - daysAgo * DAY_MS,
    });
    const waiting = {
      title: 'Waits',
      improvement: true,
      createdAt: now - 200 * DAY_MS,
    };
    await tracker.upstream.createIn('acme', waiting, done(120, true));
    await tracker.upstream.createIn('acme', done(3, false));
    await tracker.upstream.createIn('find', waiting, done(2, true));
    const { catalog } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller =>
        caller === 'user:default/bob'
          ? ['component:default/payments']
          : ENTITIES.map(entity => stringifyEntityRef(entity)),
    });
    ({ api, stop } = await startPlugin({
      catalog,
      auditor: mockServices.auditor.mock(),
      db: await databases.init(databaseId),
      policy: new FakePolicy((permission, caller) =>
        permission === 'catalog.entity.read' && caller === 'user:default/bob'
          ? conditional()
          : allow,
      ),
      sources: [tracker],
      config: {
        policies: [
          {
            id: 'all',
            backlog: { maxAge: 'P90D', improvementShare: 0.2 },
          },
        ],
      },
    }));
    await eventually(async () => {
      const { body } = await call<Page<Service>>({ path: '/services' });
      const open = body.items.map(({ backlog }) => backlog.openCount);
      if (open.join() !== '1,1') throw new Error(`Open are ${open}`);
    });
  });

  afterAll(() => stop());

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  function of(owner: string, authorization = alice) {
    return call<Answer>({ path: '/time', query: { owner }, authorization });
  }

  const ofService = (name: string, authorization = alice) =>
    call<Answer>({
      path: `/services/component/default/${name}/time`,
      authorization,
    });

  const iso = (daysAgo: number) =>
    new Date(now - daysAgo * DAY_MS).toISOString();

  it('is reported for a service', async () => {
    const { body, status } = await ofService('Payments');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      openCount: 1,
      closed90d: 0,
      allClosed90d: 1,
      improvementShare90d: 0,
      policyShare: 0.2,
      daysToClear: null,
      starvedSince: iso(120),
    });
    expect(body.weeks).toHaveLength(26);
    const sums = body.weeks.reduce(
      (sum, { closed, otherClosed }) => [sum[0] + closed, sum[1] + otherClosed],
      [0, 0],
    );
    expect(sums).toEqual([1, 1]);
    expect((await ofService('search')).body).toMatchObject({
      improvementShare90d: 1,
      daysToClear: 90,
      starvedSince: null,
    });
  });

  it('is reported for what an owner owns, as far as it is visible', async () => {
    expect((await of('Group:Default/Team')).body).toMatchObject({
      openCount: 2,
      closed90d: 1,
      improvementShare90d: 0.5,
      policyShare: 0.2,
      daysToClear: 180,
      starvedSince: null,
    });
    expect((await of('group:default/team', bob)).body).toMatchObject({
      openCount: 1,
      closed90d: 0,
      starvedSince: iso(120),
    });
  });

  it('tells starved services in their list', async () => {
    const listed = async (starved: string) =>
      (
        await call<Page<Service>>({ path: '/services', query: { starved } })
      ).body.items.map(({ backlog, title }) => [
        title,
        backlog.starvedSince,
        backlog.policyShare,
      ]);
    expect(await listed('true')).toEqual([['payments', iso(120), 0.2]]);
    expect(await listed('false')).toEqual([['search', null, 0.2]]);
  });

  it('is not reported where there is nothing to see', async () => {
    const hidden = await ofService('search', bob);
    const missing = await ofService('nope', bob);
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(hidden.body.error.message.replace('search', 'nope')).toBe(
      missing.body.error.message,
    );
    const nobody = await of('group:default/nobody');
    expect(nobody.status).toBe(404);
    expect(nobody.body.error.message).toMatch(
      /^group:default\/nobody owns no service that you may see/,
    );
  });

  it('asks for an owner', async () => {
    const { body, status } = await call<Answer>({ path: '/time' });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/^Invalid query parameter owner: /);
  });
});
