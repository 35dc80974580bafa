import { TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import {
  ATTENTION_STATES,
  MEASURE_STATES,
  MEASURES,
  MeasureState,
  Rollup,
  ROLLUP_DIMENSIONS,
  RollupDimension,
  RollupQuery,
  rollupQuerySchema,
  RollupSort,
  rollupSortSchema,
  Service,
  serviceFacetSchema,
  serviceFacetsQuerySchema,
  ServiceFilter,
  serviceQuerySchema,
  StateCounts,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { idSet } from '../database';
import { TestStore } from '../database/__testUtils__/TestStore';
import { ServiceQueries } from '../services';
import {
  arbitraryGroups,
  arbitraryStatus,
  statusRow,
} from '../status/__testUtils__/arbitraryStatus';
import { renewOwnedServices } from '../status/ownedServices';
import { readListedServices } from '../status/readListedServices';
import { noteChanges } from './changes';
import { RollupFolder } from './RollupFolder';
import { RollupQueries } from './RollupQueries';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Before the states are read, so that some of them have changed since. */
const WRITTEN_AT = 3;
const NOW = 6;
const ALL = { kind: 'all' } as const;
const OWNERS = [
  ['group:default/a', 'group:default/top'],
  ['group:default/b', 'group:default/top'],
  ['group:default/top'],
  ['group:default/loop', 'group:default/pool'],
  ['user:default/solo'],
  [],
];
const RELATED = [
  ['group:default/a', 'Zebras', 'group:default/top'],
  ['group:default/b', 'ants', 'group:default/top'],
  ['group:default/top', 'Everybody', null],
  ['group:default/loop', 'Loop', 'group:default/pool'],
  ['group:default/pool', 'Pool', 'group:default/gone'],
  ['system:default/shop', 'The shop', 'domain:default/sales'],
];

const query = (given: object): RollupQuery => rollupQuerySchema.parse(given);

/** What of an order is compared, told without regard to how it is read. */
const SORT_VALUES: Record<string, (rollup: Rollup) => number | string | null> =
  {
    attention: ({ states }) => attention(states.service),
    attentionShare: ({ services, states }) =>
      attention(states.service) / services,
    backlog: ({ states }) => attention(states.backlog),
    gameDay: ({ states }) => attention(states.gameDay),
    readinessTest: ({ states }) => attention(states.readinessTest),
    services: ({ services }) => services,
    openCount: ({ openCount }) => openCount,
    starved: ({ starved }) => starved,
    improvementShare: rollup => rollup.improvementShare90d,
    title: ({ title }) => title && title.toLowerCase(),
  };

function attention(counts: StateCounts) {
  return ATTENTION_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

function naivelySorted(rollups: Rollup[], sort: RollupSort) {
  const reverse = sort.startsWith('-') ? -1 : 1;
  return rollups.map(SORT_VALUES[sort.replace('-', '')]).sort((a, b) => {
    if (a === null || b === null)
      return Number(a === null) - Number(b === null);
    if (a === b) return 0;
    return reverse * (a < b ? -1 : 1);
  });
}

describe.each(databases.eachSupportedId())('rollups on %s', databaseId => {
  let db: Knex;
  let rollups: RollupQueries;
  let services: Service[];
  /** Every owner of a service, and the groups above. */
  const ownersOf = new Map<string, string[]>();

  beforeAll(async () => {
    db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    const [groups] = fc.sample(arbitraryGroups, { numRuns: 1, seed: 7 });
    await db('scope_groups').insert(
      Object.entries(groups).map(([id, until]) => ({ id, fresh_until: until })),
    );
    for (const [entity_ref, title, parent_ref] of RELATED) {
      await db('related_entities').insert({ entity_ref, title, parent_ref });
    }
    const statuses = fc.sample(arbitraryStatus, { numRuns: 60, seed: 11 });
    for (const [n, status] of statuses.entries()) {
      const owners = OWNERS[n % OWNERS.length];
      ownersOf.set(`component:default/service-${n}`, owners);
      const id = await store.addService({
        name: `service-${n}`,
        owners,
        tier: ['1', '2', null][n % 3],
        system: n % 2 ? 'system:default/shop' : null,
        domain: n % 4 ? 'domain:default/sales' : 'domain:default/other',
        type: n % 5 ? 'service' : 'library',
        lifecycle: n % 7 ? 'production' : null,
      });
      const [service] = await readListedServices(db, idSet(db, [id]));
      await db('service_status').insert(
        statusRow(service, status, { now: WRITTEN_AT }),
      );
      await db.transaction(tx => renewOwnedServices(tx, [id]));
    }
    rollups = RollupQueries.create({ db, now: () => NOW });
    services = await listed({});
  });

  async function listed(filter: object): Promise<Service[]> {
    const queries = ServiceQueries.create({
      db,
      policies: [],
      now: () => NOW,
    });
    const { items } = await queries.list(
      serviceQuerySchema.parse({ limit: 200, ...filter }),
      ALL,
    );
    return items;
  }

  function keysOf(service: Service, by: RollupDimension): (string | null)[] {
    switch (by) {
      case 'owner': {
        const owners = ownersOf.get(service.entityRef)!;
        return owners.length ? owners : [null];
      }
      case 'system':
        return [service.systemRef];
      case 'domain':
        return [service.domainRef];
      case 'all':
        return [null];
      default:
        return [service[by]];
    }
  }

  const count = (states: MeasureState[]): StateCounts =>
    Object.fromEntries(
      MEASURE_STATES.map(
        state =>
          [state, states.filter(other => other === state).length] as const,
      ).filter(([, n]) => n > 0),
    );

  /** What is expected of each group of some services, by its key. */
  function figuresByHand(of: Service[], by: RollupDimension) {
    const members = new Map<string | null, Service[]>();
    for (const service of of) {
      for (const key of keysOf(service, by)) {
        members.set(key, [...(members.get(key) ?? []), service]);
      }
    }
    return new Map(
      [...members].map(([key, group]) => [
        key,
        {
          services: group.length,
          states: {
            service: count(group.map(({ state }) => state)),
            ...Object.fromEntries(
              MEASURES.map(measure => [
                measure,
                count(group.map(service => service[measure].state)),
              ]),
            ),
          },
          openCount: group.reduce(
            (sum, { backlog }) => sum + backlog.openCount,
            0,
          ),
          starved: group.filter(({ backlog }) => backlog.starvedSince !== null)
            .length,
          closed90d: group.reduce(
            (sum, { backlog }) => sum + backlog.closed90d,
            0,
          ),
        },
      ]),
    );
  }

  const walk = async (given: object) => {
    const items: Rollup[] = [];
    let cursor: string | undefined;
    do {
      const page = await rollups.list(
        query({ limit: 2, ...given, cursor }),
        ALL,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  };

  const asFigures = (items: Rollup[]) =>
    new Map(
      items.map(
        ({ key, services: n, states, openCount, starved, closed90d }) => [
          key,
          { services: n, states, openCount, starved, closed90d },
        ],
      ),
    );

  const keysAt = async (given: object) =>
    (await walk({ by: 'owner', sort: 'title', ...given })).map(
      ({ key }) => key,
    );

  describe.each([
    ['before they are summed up', async () => {}],
    ['once they are summed up', () => RollupFolder.create({ db }).fold()],
  ])('%s', (_name, fold) => {
    beforeAll(fold);

    it.each(ROLLUP_DIMENSIONS)(
      'count the services of each %s as their list does',
      async by => {
        expect(asFigures(await walk({ by }))).toEqual(
          figuresByHand(services, by),
        );
      },
    );
  });

  const FILTERS: Partial<Record<keyof ServiceFilter, string | string[]>>[] = [
    { state: ['overdue', 'unknown'] },
    { state: 'failing', measure: 'readinessTest' },
    { owner: 'group:default/top' },
    { system: 'system:default/shop', tier: '1' },
    { without: 'owner' },
    { starved: 'true' },
    { starved: 'false', lifecycle: 'production' },
    { q: 'service-1' },
    {
      owner: ['group:default/b', 'user:default/solo'],
      lifecycle: 'production',
    },
    { tier: ['1', '2'], without: 'lifecycle' },
  ];

  it.each(FILTERS)('count what the filter %j leaves', async filter => {
    const left = await listed(filter);
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(services.length);
    for (const by of ROLLUP_DIMENSIONS) {
      expect(asFigures(await walk({ ...filter, by }))).toEqual(
        figuresByHand(left, by),
      );
    }
  });

  it.each([{}, { measure: 'backlog' }, ...FILTERS])(
    'have as many services as the facets under the filter %j say',
    async filter => {
      const queries = ServiceQueries.create({
        db,
        policies: [],
        now: () => NOW,
      });
      const facets = await queries.facets(
        serviceFacetsQuerySchema.parse(filter),
        ALL,
      );
      for (const facet of serviceFacetSchema.options) {
        const { [facet]: _, ...others } = filter as ServiceFilter;
        const without = [others.without ?? []]
          .flat()
          .filter(each => each !== facet);
        const left = await listed({
          ...others,
          without: without.length ? without : undefined,
        });
        const byHand = [...figuresByHand(left, facet)]
          .filter(([value]) => value !== null)
          .map(([value, { services: n }]) => [value, n]);
        expect(
          new Map(facets[facet].map(each => [each.value, each.count])),
        ).toEqual(new Map(byHand as [string, number][]));
      }
      const { state: _, ...others } = filter as ServiceFilter;
      const measured = (await listed(others)).map(service =>
        others.measure ? service[others.measure].state : service.state,
      );
      expect(
        Object.fromEntries(facets.state.map(each => [each.state, each.count])),
      ).toEqual(count(measured));
    },
  );

  it('count services that were changed since as they are', async () => {
    const tier = { tier: '1' };
    const before = asFigures(await walk({ ...tier, by: 'owner' }));
    const [moved] = await listed({ ...tier, owner: 'group:default/a' });
    const { service_id: id } = await db('service_status')
      .where({ entity_ref: moved.entityRef })
      .first('service_id');
    await db.transaction(async tx => {
      await tx('service_status')
        .where({ service_id: id })
        .update({ tier: '2', backlog_open_count: 1000 });
      await noteChanges(tx, [id]);
    });
    try {
      const groups = await walk({ ...tier, by: 'owner' });
      expect(asFigures(groups)).not.toEqual(before);
      expect(asFigures(groups)).toEqual(
        figuresByHand(await listed(tier), 'owner'),
      );
      const others = await walk({ tier: '2', by: 'owner' });
      expect(asFigures(others)).toEqual(
        figuresByHand(await listed({ tier: '2' }), 'owner'),
      );
    } finally {
      await db('service_status').where({ service_id: id }).update({
        tier: '1',
        backlog_open_count: moved.backlog.openCount,
      });
    }
  });

  it.each(rollupSortSchema.options)('are paged by %s', async sort => {
    const items = await walk({ by: 'owner', sort });
    expect(items).toHaveLength(7);
    expect(new Set(items.map(({ key }) => key)).size).toBe(7);
    expect(items.map(SORT_VALUES[sort.replace('-', '')])).toEqual(
      naivelySorted(items, sort),
    );
  });

  it('count all groups on each page', async () => {
    const first = await rollups.list(query({ by: 'owner', limit: 3 }), ALL);
    expect(first).toMatchObject({
      totalItems: 7,
      asOf: new Date(NOW).toISOString(),
    });
    const { nextCursor: cursor } = first;
    const next = await rollups.list(query({ by: 'owner', cursor }), ALL);
    expect(next).toMatchObject({ totalItems: 7 });
    expect(next.items).toHaveLength(4);
    const only = { by: 'owner', key: 'group:default/none', cursor };
    expect(await rollups.list(query(only), ALL)).toMatchObject({
      items: [],
      totalItems: 0,
    });
  });

  it('are called by what the catalog calls them', async () => {
    const titles = async (by: RollupDimension) =>
      (await walk({ by, sort: 'title' })).map(({ key, title }) => [key, title]);
    expect(await titles('system')).toEqual([
      ['system:default/shop', 'The shop'],
      [null, null],
    ]);
    expect(await titles('tier')).toEqual([
      ['1', '1'],
      ['2', '2'],
      [null, null],
    ]);
  });

  it('tell which groups are beneath which', async () => {
    const related = (await walk({ by: 'owner', sort: 'title' })).map(
      ({ children, parentKey, title }) => [title, parentKey, children],
    );
    expect(related).toEqual([
      ['ants', 'group:default/top', 0],
      ['Everybody', null, 2],
      ['Loop', 'group:default/pool', 0],
      ['Pool', 'group:default/gone', 1],
      ['user:default/solo', null, 0],
      ['Zebras', 'group:default/top', 0],
      [null, null, 0],
    ]);
    expect(await keysAt({ parent: 'Group:default/Top' })).toEqual([
      'group:default/b',
      'group:default/a',
    ]);
    expect(await keysAt({ parent: 'group:default/a' })).toEqual([]);
    expect(await keysAt({ parent: 'root' })).toEqual([
      'group:default/top',
      'group:default/pool',
      'user:default/solo',
      null,
    ]);
    // Of the groups that are left.
    const filtered = { parent: 'root', owner: 'group:default/b' };
    expect((await walk({ by: 'owner', ...filtered }))[0]).toMatchObject({
      key: 'group:default/top',
      children: 1,
    });
  });

  it('are found by their keys', async () => {
    const key = ['GROUP:default/a', 'user:default/solo', 'group:default/none'];
    expect(await keysAt({ key })).toEqual([
      'user:default/solo',
      'group:default/a',
    ]);
    const tiers = await walk({ by: 'tier', key: '2' });
    expect(tiers.map(tier => tier.key)).toEqual(['2']);
  });

  it('are one of all services, even of none', async () => {
    const none = await rollups.list(query({ by: 'all', tier: 'none' }), ALL);
    expect(none).toMatchObject({
      items: [
        {
          key: null,
          services: 0,
          states: { service: {}, backlog: {}, gameDay: {}, readinessTest: {} },
          improvementShare90d: null,
        },
      ],
      totalItems: 1,
    });
    expect(
      await rollups.list(query({ by: 'owner', tier: 'none' }), ALL),
    ).toMatchObject({ items: [], totalItems: 0 });
  });

  it('have the share of improvements of all that was closed', async () => {
    const [{ improvements, all }] = await db('service_status')
      .sum('backlog_closed_90d as improvements')
      .sum('backlog_all_closed_90d as all');
    const [group] = await walk({ by: 'all' });
    expect(group.improvementShare90d).toBe(Number(improvements) / Number(all));
  });

  it('count what is visible only', async () => {
    const entityRefs = new Set([
      'component:default/service-0',
      'component:default/service-1',
      'component:default/gone',
    ]);
    const seen = services.filter(service => entityRefs.has(service.entityRef));
    for (const by of ROLLUP_DIMENSIONS) {
      const page = await rollups.list(query({ by }), {
        kind: 'only',
        entityRefs,
      });
      expect(asFigures(page.items)).toEqual(figuresByHand(seen, by));
    }
  });

  it('refuse a cursor of another order', async () => {
    const { nextCursor: cursor } = await rollups.list(
      query({ by: 'owner', limit: 1 }),
      ALL,
    );
    await expect(
      rollups.list(query({ by: 'owner', sort: 'title', cursor }), ALL),
    ).rejects.toThrow(InputError);
  });
});
