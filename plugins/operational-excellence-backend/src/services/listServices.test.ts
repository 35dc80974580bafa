import { TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import {
  MEASURE_STATES,
  Service,
  ServiceQuery,
  serviceQuerySchema,
  ServiceSort,
  serviceSortSchema,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { idSet } from '../database';
import { TestStore } from '../database/__testUtils__/TestStore';
import { RollupFolder } from '../rollups';
import { noteChanges } from '../rollups/changes';
import { stateColumn } from '../rollups/figureColumns';
import {
  arbitraryGroups,
  arbitraryStatus,
  statusRow,
} from '../status/__testUtils__/arbitraryStatus';
import { renewOwnedServices } from '../status/ownedServices';
import { readListedServices } from '../status/readListedServices';
import { ServiceQueries } from './ServiceQueries';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Before the states are read, so that some of them have changed since. */
const WRITTEN_AT = 3;
const NOW = 6;
const ALL = { kind: 'all' } as const;
const TITLES = [
  'Zeta',
  'alpha',
  'Beta',
  'über',
  'émile',
  '100%',
  'under_score',
];
const TIERS = ['1', '2', '10', null];
const OWNERS = [
  ['group:default/a', 'group:default/top'],
  ['group:default/b'],
  ['user:default/solo'],
  [],
];
const OWNER_TITLES: Record<string, string> = {
  'group:default/a': 'Zebras',
  'group:default/b': 'ants',
};

interface Seeded {
  id: number;
  owners: string[];
  removed: boolean;
}

/** As both databases are to compare text: by code point. */
function compareText(a: string, b: string) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function compare(a: number | string, b: number | string) {
  return typeof a === 'string' || typeof b === 'string'
    ? compareText(String(a), String(b))
    : a - b;
}

const folded = (text: string | null) =>
  text === null ? null : text.replace(/[A-Z]/g, char => char.toLowerCase());
const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso));
const age = (iso: string | null) => (iso === null ? null : -Date.parse(iso));

const SORT_VALUES: Record<
  string,
  (service: Service) => number | string | null
> = {
  state: ({ state }) => MEASURE_STATES.indexOf(state),
  title: ({ title }) => folded(title),
  owner: ({ ownerRef, ownerTitle }) => folded(ownerTitle ?? ownerRef),
  tier: ({ tier }) => tier,
  backlogAge: ({ backlog }) => age(backlog.oldestCreatedAt),
  backlogMedianAge: ({ backlog }) => age(backlog.medianCreatedAt),
  backlogOpenCount: ({ backlog }) => backlog.openCount,
  gameDay: ({ gameDay }) => age(gameDay.lastHeldAt),
  gameDayDue: ({ gameDay }) => instant(gameDay.dueAt),
  readinessTest: ({ readinessTest }) => age(readinessTest.lastPerformedAt),
  readinessTestDue: ({ readinessTest }) => instant(readinessTest.dueAt),
};

/** The order as it is described, without regard to how it is read. */
function naivelySorted(services: Service[], sort: ServiceSort) {
  const reverse = sort.startsWith('-') ? -1 : 1;
  const valueOf = SORT_VALUES[sort.replace('-', '')];
  return services
    .map(service => ({ ref: service.entityRef, value: valueOf(service) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null);
      }
      return reverse * compare(a.value, b.value);
    });
}

/** Where nothing comes any more: before the first title there may be. */
const encodedEnd = Buffer.from('["-title","",0]').toString('base64url');

const query = (given: object = {}): ServiceQuery =>
  serviceQuerySchema.parse(given);

describe.each(databases.eachSupportedId())('services on %s', databaseId => {
  let db: Knex;
  let services: ServiceQueries;
  let everything: Service[];
  const seeded = new Map<string, Seeded>();

  beforeAll(async () => {
    db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    const [groups] = fc.sample(arbitraryGroups, { numRuns: 1, seed: 7 });
    await db('scope_groups').insert(
      Object.entries(groups).map(([id, until]) => ({ id, fresh_until: until })),
    );
    for (const [entity_ref, title] of Object.entries(OWNER_TITLES)) {
      await db('related_entities').insert({ entity_ref, title });
    }
    const statuses = fc.sample(arbitraryStatus, { numRuns: 60, seed: 11 });
    for (const [n, status] of statuses.entries()) {
      const owners = OWNERS[n % OWNERS.length];
      const removed = n % 10 === 9;
      const id = await store.addService({
        name: `service-${n}`,
        title: TITLES[n % TITLES.length],
        owners,
        tier: TIERS[n % 3 === 0 ? 3 : n % TIERS.length],
        system: n % 2 ? 'system:default/shop' : null,
        domain: n % 3 ? 'domain:default/sales' : null,
        type: n % 5 ? 'service' : 'library',
        lifecycle: n % 4 ? 'production' : null,
        removedAt: removed ? 1 : null,
      });
      seeded.set(`component:default/service-${n}`, { id, owners, removed });
      if (!removed) {
        const [service] = await readListedServices(db, idSet(db, [id]));
        const row = statusRow(service, status, { now: WRITTEN_AT });
        await db('service_status').insert(row);
        await db.transaction(tx => renewOwnedServices(tx, [id]));
      }
    }
    services = ServiceQueries.create({ db, policies: [], now: () => NOW });
    ({ items: everything } = await services.list(query({ limit: 200 }), ALL));
  });

  const walk = async (given: object) => {
    const items: Service[] = [];
    let cursor: string | undefined;
    do {
      const page = await services.list(
        query({ ...given, limit: 7, cursor }),
        ALL,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  };

  const refsOf = (items: Service[]) => items.map(item => item.entityRef).sort();

  const refsWhere = (matches: (service: Service) => boolean) =>
    refsOf(everything.filter(matches));

  it('leaves out removed services, and nothing else', () => {
    const expected = [...seeded].filter(([, { removed }]) => !removed);
    expect(refsOf(everything)).toEqual(expected.map(([ref]) => ref).sort());
  });

  it.each(serviceSortSchema.options)('pages through all by %s', async sort => {
    const items = await walk({ sort });
    expect(refsOf(items)).toEqual(refsOf(everything));

    const valueOf = SORT_VALUES[sort.replace('-', '')];
    const expected = naivelySorted(everything, sort);
    expect(items.map(valueOf)).toEqual(expected.map(({ value }) => value));

    // Among equals the id decides, the same way round for all of them.
    const ids = items.map(item => seeded.get(item.entityRef)!.id);
    const directions = new Set<number>();
    items.forEach((item, n) => {
      if (n > 0 && valueOf(item) === valueOf(items[n - 1])) {
        directions.add(Math.sign(ids[n] - ids[n - 1]));
      }
    });
    expect(directions.size).toBe(1);
  });

  it('counts all pages on each of them', async () => {
    const first = await services.list(query({ limit: 7 }), ALL);
    expect(first.totalItems).toBe(everything.length);
    const next = await services.list(
      query({ limit: 7, cursor: first.nextCursor }),
      ALL,
    );
    expect(next.totalItems).toBe(everything.length);
    expect(next.asOf).toBe(new Date(NOW).toISOString());
  });

  it('counts all on a page that is empty because items went', async () => {
    const last = await services.list(
      query({ limit: everything.length - 1, sort: 'title' }),
      ALL,
    );
    const gone = everything.filter(
      ({ entityRef }) => !last.items.some(item => item.entityRef === entityRef),
    );
    const { id } = seeded.get(gone[0].entityRef)!;
    const [status] = await db('service_status').where({ service_id: id });
    await db('service_status').where({ service_id: id }).delete();
    const page = await services.list(
      query({ sort: 'title', cursor: last.nextCursor }),
      ALL,
    );
    await db('service_status').insert(status);
    await db.transaction(tx => renewOwnedServices(tx, [id]));
    expect(page).toMatchObject({
      items: [],
      totalItems: everything.length - 1,
    });
    expect(page.nextCursor).toBeUndefined();
  });

  it.each([
    ['system', { system: 'system:default/shop' }],
    ['domain', { domain: 'DOMAIN:default/Sales' }],
    ['type', { type: 'library' }],
    ['lifecycle', { lifecycle: 'production' }],
    ['tier', { tier: ['1', '10'] }],
  ])('filters by %s', async (_name, filter) => {
    const found = refsOf(await walk(filter));
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(
      refsWhere(service => {
        if ('system' in filter) return service.systemRef === filter.system;
        if ('domain' in filter) {
          return service.domainRef === 'domain:default/sales';
        }
        if ('type' in filter) return service.type === 'library';
        if ('lifecycle' in filter) return service.lifecycle === 'production';
        return service.tier === '1' || service.tier === '10';
      }),
    );
  });

  it('filters by references', async () => {
    const named = [
      'component:default/service-1',
      'Component:default/Service-4',
    ];
    expect(
      refsOf(await walk({ entityRef: [...named, 'component:default/gone'] })),
    ).toEqual(named.map(ref => ref.toLowerCase()));
  });

  it.each([
    ['owner', (service: Service) => service.ownerRef === null],
    ['system', (service: Service) => service.systemRef === null],
    ['domain', (service: Service) => service.domainRef === null],
    ['tier', (service: Service) => service.tier === null],
    ['lifecycle', (service: Service) => service.lifecycle === null],
  ])('filters by having no %s', async (without, has) => {
    const found = refsOf(await walk({ without }));
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(refsWhere(has));
  });

  it('filters by having none of several', async () => {
    expect(await walk({ without: 'type' })).toEqual([]);
    expect(refsOf(await walk({ without: ['owner', 'lifecycle'] }))).toEqual(
      refsWhere(
        ({ lifecycle, ownerRef }) => ownerRef === null && lifecycle === null,
      ),
    );
  });

  it('filters by owners, those of nested groups included', async () => {
    const owned = (...owners: string[]) =>
      refsWhere(({ entityRef }) =>
        seeded.get(entityRef)!.owners.some(owner => owners.includes(owner)),
      );
    expect(refsOf(await walk({ owner: 'group:default/top' }))).toEqual(
      owned('group:default/a'),
    );
    expect(
      refsOf(await walk({ owner: ['group:default/b', 'user:default/solo'] })),
    ).toEqual(owned('group:default/b', 'user:default/solo'));
  });

  it.each(MEASURE_STATES)('filters by the state %s', async state => {
    expect(refsOf(await walk({ state }))).toEqual(
      refsWhere(service => service.state === state),
    );
    for (const measure of ['backlog', 'gameDay', 'readinessTest'] as const) {
      expect(refsOf(await walk({ state, measure }))).toEqual(
        refsWhere(service => service[measure].state === state),
      );
    }
  });

  it('combines filters', async () => {
    expect(
      refsOf(
        await walk({
          owner: 'group:default/a',
          state: ['failing', 'overdue', 'unknown'],
          sort: '-backlogAge',
        }),
      ),
    ).toEqual(
      refsWhere(
        ({ entityRef, state }) =>
          seeded.get(entityRef)!.owners.includes('group:default/a') &&
          ['failing', 'overdue', 'unknown'].includes(state),
      ),
    );
  });

  it.each([
    ['0%', ['100%']],
    ['%', ['100%']],
    ['R_S', ['under_score']],
    ['ÜBER', ['über']],
    ['!', []],
    ['\0', []],
  ])('finds the text %j literally', async (q, titles) => {
    expect(refsOf(await walk({ q }))).toEqual(
      refsWhere(({ title }) => titles.includes(title)),
    );
  });

  it('finds a service by its reference', async () => {
    expect(refsOf(await walk({ q: 'Default/Service-10' }))).toEqual([
      'component:default/service-10',
    ]);
  });

  it('shows what is visible only, in counts as well', async () => {
    const entityRefs = new Set([
      'component:default/service-1',
      'component:default/service-9',
      'component:default/"quoted", {odd}\\',
    ]);
    const page = await services.list(query(), { kind: 'only', entityRefs });
    expect(refsOf(page.items)).toEqual(['component:default/service-1']);
    expect(page.totalItems).toBe(1);

    const none = await services.list(query(), {
      kind: 'only',
      entityRefs: new Set(),
    });
    expect(none).toMatchObject({ items: [], totalItems: 0 });
  });

  it('takes a visibility of a hundred thousand services', async () => {
    const entityRefs = new Set(['component:default/service-1']);
    for (let n = 0; n < 100_000; n++) {
      entityRefs.add(`component:default/other-${n}`);
    }
    const page = await services.list(query(), { kind: 'only', entityRefs });
    expect(page.totalItems).toBe(1);
  });

  it.each([
    ['of another order', 'title', 'backlogAge'],
    ['of the opposite order', 'title', '-title'],
  ])('refuses a cursor %s', async (_name, from, to) => {
    const { nextCursor } = await services.list(
      query({ sort: from, limit: 1 }),
      ALL,
    );
    await expect(
      services.list(query({ sort: to, cursor: nextCursor }), ALL),
    ).rejects.toThrow(InputError);
  });

  it.each([
    'nonsense',
    '{}',
    Buffer.from('["title",5,1]').toString('base64url'),
    Buffer.from('["title","a",1.5]').toString('base64url'),
    Buffer.from('["title","a"]').toString('base64url'),
  ])('refuses the cursor %j', async cursor => {
    const given = { ...query({ sort: 'title' }), cursor };
    await expect(services.list(given, ALL)).rejects.toThrow(
      /leave it out to begin with the first page/,
    );
  });

  it('gives cursors short enough to be taken back', async () => {
    const title = '\u0001😀'.repeat(5000);
    const { id } = seeded.get('component:default/service-0')!;
    const status = db('service_status').where({ service_id: id });
    const before = await status.clone().first('title');
    await status.clone().update({ title });
    const items = await walk({ sort: 'title' });
    await status.clone().update(before);
    expect(refsOf(items)).toEqual(refsOf(everything));
  });

  it('takes the same few statements for 7 services as for all', async () => {
    const count = async (given: object) => {
      let statements = 0;
      const onQuery = () => (statements += 1);
      db.on('query', onQuery);
      await services.list(query(given), ALL);
      db.removeListener('query', onQuery);
      return statements;
    };
    expect(await count({ limit: 7, sort: 'title' })).toBe(1);
    expect(await count({ limit: 200, sort: 'title' })).toBe(1);
    // The page tells that some states no longer hold: which, and the page anew.
    expect(await count({ limit: 7, sort: 'state' })).toBe(3);
    expect(await count({ limit: 200, sort: 'state' })).toBe(3);
  });

  it('counts all the same once they are summed up, and what has changed since', async () => {
    const totals = async () => {
      const first = await services.list(query({ limit: 7 }), ALL);
      const beyond = await services.list(
        query({ sort: '-title', cursor: encodedEnd }),
        ALL,
      );
      return [first.totalItems, beyond.totalItems];
    };
    const all = everything.length;
    await RollupFolder.create({ db }).fold();
    expect(await totals()).toEqual([all, all]);

    const { id } = seeded.get('component:default/service-0')!;
    const [status] = await db('service_status').where({ service_id: id });
    await db.transaction(async tx => {
      await tx('service_status').where({ service_id: id }).delete();
      await renewOwnedServices(tx, [id]);
    });
    expect(await totals()).toEqual([all - 1, all - 1]);
    await RollupFolder.create({ db }).fold();
    expect(await totals()).toEqual([all - 1, all - 1]);
    await db('service_status').insert(status);
    await db.transaction(tx => renewOwnedServices(tx, [id]));
  });

  describe('once groups are summed up, and no state changes by itself', () => {
    const totalOf = async (given: object) =>
      (await services.list(query({ limit: 1, ...given }), ALL)).totalItems;

    beforeAll(async () => {
      await db('scope_groups').update({ fresh_until: NOW + 1 });
      await db('service_status').update({ settled_until: null });
      await RollupFolder.create({ db }).fold();
    });

    it.each([
      {},
      { state: 'overdue' },
      { state: ['overdue', 'overdue', 'unknown'] },
      { state: 'never', measure: 'gameDay' },
      { measure: 'gameDay' },
      { owner: 'GROUP:default/top' },
      { owner: 'group:default/top', state: ['failing', 'overdue'] },
      {
        owner: 'group:default/b',
        state: ['failing', 'overdue'],
        sort: '-backlogAge',
      },
      { owner: 'group:default/none' },
      { owner: ['group:default/a', 'group:default/top'] },
      { system: 'system:default/Shop', state: 'ok' },
      { domain: 'domain:default/sales' },
      { tier: '10' },
      { type: 'library', state: 'unknown', measure: 'readinessTest' },
      { lifecycle: 'production', tier: '2' },
      { without: 'tier', state: 'overdue' },
      { owner: 'group:default/a', q: 'alpha' },
      { starved: 'true' },
    ])('counts as many as it lists under %j', async filter => {
      expect(await totalOf(filter)).toBe((await walk(filter)).length);
    });

    it('takes what was counted of a group, unless something has changed', async () => {
      const owner = 'group:default/a';
      const [{ state }] = await walk({ owner });
      const column = stateColumn('service', state);
      const ofState = { owner, state };
      const counted = db('rollups').where({
        dimension: 'owner',
        group_key: owner,
      });
      const before = await totalOf(ofState);
      await counted.clone().increment(column, 1000);
      try {
        expect(await totalOf(ofState)).toBe(before + 1000);
        expect(await totalOf({ ...ofState, sort: '-backlogAge' })).toBe(
          before + 1000,
        );
        await db.transaction(tx => noteChanges(tx, [0]));
        expect(await totalOf(ofState)).toBe(before);
      } finally {
        await counted.clone().decrement(column, 1000);
        await db('rollup_changes').delete();
      }
    });

    it('corrects what was counted of all by what has changed, while that is little', async () => {
      const { id } = seeded.get('component:default/service-0')!;
      const counted = db('rollups').where({ dimension: 'all' });
      const before = await totalOf({});
      await counted.clone().increment('services', 1000);
      try {
        expect(await totalOf({})).toBe(before + 1000);
        await db.transaction(tx => noteChanges(tx, [id]));
        expect(await totalOf({})).toBe(before + 1000);
        await db.transaction(tx =>
          noteChanges(tx, Array(1000).fill(id) as number[]),
        );
        expect(await totalOf({})).toBe(before);
      } finally {
        await counted.clone().decrement('services', 1000);
        await db('rollup_changes').delete();
      }
    });
  });
});
