import { TestDatabases } from '@backstage/backend-test-utils';
import { TicketSource } from 'backstage-plugin-operational-excellence-node';
import { FakeTicketSource } from 'backstage-plugin-operational-excellence-node/testUtils';
import { Knex } from 'knex';
import { TestStore } from '../../database/__testUtils__/TestStore';
import { emptyDatabase } from '../../sync/__testUtils__/emptyDatabase';
import { ServiceTrackers, trackerId } from './ServiceTrackers';

const github: TicketSource = FakeTicketSource.create({
  id: 'github',
  title: 'GitHub',
});
const jira: TicketSource = FakeTicketSource.create({
  id: 'jira',
  title: 'Jira',
});
const builtIn: TicketSource = Object.assign(
  FakeTicketSource.create({ id: 'tracker', title: 'Built-in tracker' }),
  { isBuiltIn: true },
);
const readOnly: TicketSource = Object.assign(
  FakeTicketSource.create({ id: 'read-only' }),
  { findFiled: undefined },
);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('ServiceTrackers on %s', id => {
  const trackers = ServiceTrackers.create({
    sources: { ticketSources: [github, builtIn, jira, readOnly] },
  });
  let db: Knex;
  let store: TestStore;
  let serviceId: number;

  beforeAll(async () => {
    db = await databases.init(id);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    store = await TestStore.create(db);
    serviceId = await store.addService({ name: 'payments' });
  });

  async function name(
    sourceId: string,
    key: string,
    options: {
      container?: string;
      allOf?: string[];
      implicit?: boolean;
      active?: boolean;
    } = {},
  ) {
    const { active, ...rest } = options;
    const scopeId = await store.addScope({ sourceId, key, active });
    await store.nameScope(serviceId, scopeId, { container: key, ...rest });
  }

  const named = async () =>
    (await trackers.of(db, serviceId)).map(
      ({ scope, title }) => `${title}: ${scope}`,
    );

  it('puts what the service names first, in the order of the sources', async () => {
    await name('tracker', 'tracker', {
      container: 'component:default/payments',
      implicit: true,
    });
    await name('jira', 'batch-1', { container: 'PAY', allOf: ['component:x'] });
    await name('github', 'acme/payments');
    expect(await named()).toEqual([
      'GitHub: Scope acme/payments',
      'Jira: PAY (component:x)',
      'Built-in tracker: Scope tracker',
    ]);
  });

  it('takes the built-in one first where the service names it', async () => {
    await name('github', 'acme/payments');
    await name('tracker', 'tracker', {
      container: 'component:default/payments',
    });
    expect(await named()).toEqual([
      'Built-in tracker: Scope tracker',
      'GitHub: Scope acme/payments',
    ]);
  });

  it('leaves out what cannot be filed in', async () => {
    await name('read-only', 'a');
    await name('unknown', 'b');
    await name('github', 'c', { active: false });
    expect(await named()).toEqual([]);
  });

  it('gives each place an id of its own, which it keeps', async () => {
    const place = {
      sourceId: 'jira',
      scopeKey: 'batch-1',
      container: 'PAY',
      allOf: ['component:x'],
    };
    const ids = [
      place,
      { ...place, sourceId: 'jira:other' },
      { ...place, scopeKey: 'batch-2' },
      { ...place, container: 'SHOP' },
      { ...place, allOf: [] },
    ].map(trackerId);
    expect(new Set(ids).size).toBe(5);
    expect(ids[0]).toBe(trackerId({ ...place }));
  });

  it('does not start with a source that says nonsense', () => {
    const source = Object.assign(FakeTicketSource.create(), {
      findableAfter: 'soon',
    });
    expect(() =>
      ServiceTrackers.create({ sources: { ticketSources: [source] } }),
    ).toThrow(
      'findableAfter of the source fake:tickets: expected an ISO 8601 duration, such as PT1M; got "soon"',
    );
  });
});
