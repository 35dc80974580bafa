import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  SERVICE_CSV_COLUMNS,
  Service,
  serviceCsvQuerySchema,
  serviceQuerySchema,
  serviceSortSchema,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { idSet } from '../../database';
import { testTicket, TestStore } from '../../database/__testUtils__/TestStore';
import {
  arbitraryGroups,
  arbitraryStatus,
  statusRow,
} from '../../status/__testUtils__/arbitraryStatus';
import { renewOwnedServices } from '../../status/ownedServices';
import { readListedServices } from '../../status/readListedServices';
import { TicketStore } from '../../tickets';
import { ServiceQueries } from '../ServiceQueries';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const WRITTEN_AT = 3;
const NOW = 6;
const ALL = { kind: 'all' } as const;
const TITLES = [
  'Plain',
  'über, alles',
  'She said "no"',
  'line\nbreak',
  'carriage\r\nreturn',
  '',
  '🚀 ünïcode',
];
const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx'];

/** The value of each column, of a service as the list shows it. */
const VALUES: Record<
  (typeof SERVICE_CSV_COLUMNS)[number],
  (service: Service) => string | number | null | undefined
> = {
  entityRef: service => service.entityRef,
  title: service => service.title,
  ownerRef: service => service.ownerRef,
  ownerTitle: service => service.ownerTitle,
  systemRef: service => service.systemRef,
  domainRef: service => service.domainRef,
  type: service => service.type,
  lifecycle: service => service.lifecycle,
  tier: service => service.tier,
  policy: service => service.policy,
  state: service => service.state,
  backlogState: ({ backlog }) => backlog.state,
  backlogOpenCount: ({ backlog }) => backlog.openCount,
  backlogOldestCreatedAt: ({ backlog }) => backlog.oldestCreatedAt,
  backlogMedianCreatedAt: ({ backlog }) => backlog.medianCreatedAt,
  backlogP85CreatedAt: ({ backlog }) => backlog.p85CreatedAt,
  backlogOldestStartedAt: ({ backlog }) => backlog.oldestStartedAt,
  backlogOpened30d: ({ backlog }) => backlog.opened30d,
  backlogClosed30d: ({ backlog }) => backlog.closed30d,
  backlogOpened90d: ({ backlog }) => backlog.opened90d,
  backlogClosed90d: ({ backlog }) => backlog.closed90d,
  backlogImprovementShare90d: ({ backlog }) => backlog.improvementShare90d,
  backlogStarvedSince: ({ backlog }) => backlog.starvedSince,
  backlogDueAt: ({ backlog }) => backlog.dueAt,
  backlogWaivedUntil: ({ backlog }) => backlog.waivedUntil,
  backlogCheckedAt: ({ backlog }) => backlog.checkedAt,
  gameDayState: ({ gameDay }) => gameDay.state,
  gameDayLastHeldAt: ({ gameDay }) => gameDay.lastHeldAt,
  gameDayLastKind: ({ gameDay }) => gameDay.last?.kind,
  gameDayLastTitle: ({ gameDay }) => gameDay.last?.title,
  gameDayLastOutcome: ({ gameDay }) => gameDay.last?.outcome,
  gameDayDueAt: ({ gameDay }) => gameDay.dueAt,
  gameDayWaivedUntil: ({ gameDay }) => gameDay.waivedUntil,
  gameDayCheckedAt: ({ gameDay }) => gameDay.checkedAt,
  readinessTestState: service => service.readinessTest.state,
  readinessTestLastPerformedAt: service =>
    service.readinessTest.lastPerformedAt,
  readinessTestVerdict: service => service.readinessTest.verdict,
  readinessTestTemplate: service => service.readinessTest.template,
  readinessTestDueAt: service => service.readinessTest.dueAt,
  readinessTestWaivedUntil: service => service.readinessTest.waivedUntil,
};

const asText = (services: Service[]) =>
  services.map(service =>
    SERVICE_CSV_COLUMNS.map(column => String(VALUES[column](service) ?? '')),
  );

describe.each(databases.eachSupportedId())('CSV of services on %s', id => {
  let db: Knex;
  let store: TestStore;

  beforeAll(async () => {
    db = await databases.init(id);
    store = await TestStore.create(db);
    const [groups] = fc.sample(arbitraryGroups, { numRuns: 1, seed: 7 });
    await db('scope_groups').insert(
      Object.entries(groups).map(([group, until], n) => ({
        id: group,
        checked_at: n || null,
        fresh_until: until,
      })),
    );
    await db('related_entities').insert({
      entity_ref: 'group:default/a',
      title: 'Team "A"',
    });
    const statuses = fc.sample(arbitraryStatus, { numRuns: 60, seed: 11 });
    for (const [n, given] of statuses.entries()) {
      // A game day has all of it or nothing.
      const status =
        given.game_day_last_kind === null
          ? { ...given, game_day_last_title: null, game_day_last_outcome: null }
          : given;
      const service = await addService(`service-${n}`, {
        title: TITLES[n % TITLES.length],
        owners: n % 3 ? ['group:default/a', 'group:default/top'] : [],
        tier: ['1', '2', null][n % 3],
        system: n % 2 ? 'system:default/shop' : null,
        lifecycle: n % 7 ? 'production' : null,
      });
      await db('service_status').insert(
        statusRow(service, status, { now: WRITTEN_AT }),
      );
      await db.transaction(tx => renewOwnedServices(tx, [service.service_id]));
    }
  });

  async function addService(
    name: string,
    service: Omit<Parameters<TestStore['addService']>[0], 'name'>,
  ) {
    const added = await store.addService({ name, ...service });
    const [row] = await readListedServices(db, idSet(db, [added]));
    return row;
  }

  const queries = (now = NOW) =>
    ServiceQueries.create({ db, policies: [], now: () => now });

  /** The rows as a reader of CSV finds them, after the first. */
  async function read(
    given: object,
    options: {
      now?: number;
      visible?: Parameters<ServiceQueries['csv']>[1];
    } = {},
  ): Promise<string[][]> {
    const query = serviceCsvQuerySchema.parse(given);
    let text = '';
    const lines = queries(options.now).csv(query, options.visible ?? ALL);
    for await (const some of lines) text += some;
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text.endsWith('\r\n')).toBe(true);
    const [header, ...rows] = parseCsv(text.slice(1));
    expect(header).toEqual(SERVICE_CSV_COLUMNS);
    // Databases write the same number in several ways.
    const share = SERVICE_CSV_COLUMNS.indexOf('backlogImprovementShare90d');
    return rows.map(row =>
      row.map((field, index) =>
        index === share && field !== '' ? String(Number(field)) : field,
      ),
    );
  }

  async function listed(given: object, options: { now?: number } = {}) {
    const query = serviceQuerySchema.parse({ limit: 200, ...given });
    return asText((await queries(options.now).list(query, ALL)).items);
  }

  it.each(serviceSortSchema.options)('equals the list by %s', async sort => {
    const rows = await read({ sort });
    expect(rows).toHaveLength(60);
    expect(rows).toEqual(await listed({ sort }));
  });

  it.each([
    { state: ['overdue', 'unknown'] },
    { state: 'failing', measure: 'readinessTest' },
    { owner: 'group:default/top', sort: 'title' },
    { without: 'owner' },
    { starved: 'true', sort: '-backlogAge' },
    { q: 'service-1', tier: ['1', '2'] },
    { tier: 'none' },
  ])('equals the list under the filter %j', async given => {
    expect(await read(given)).toEqual(await listed(given));
  });

  it('has what is visible only', async () => {
    const entityRefs = new Set([
      'component:default/service-4',
      'component:default/gone',
    ]);
    const rows = await read({}, { visible: { kind: 'only', entityRefs } });
    expect(rows.map(([ref]) => ref)).toEqual(['component:default/service-4']);
  });

  it('lets no text become a formula', async () => {
    const titles = [...FORMULAS, 'a=1', ' =1'];
    const added: number[] = [];
    const [status] = fc.sample(arbitraryStatus, { numRuns: 1, seed: 1 });
    for (const [n, title] of titles.entries()) {
      const service = await addService(`formula-${n}`, { title, type: title });
      added.push(service.service_id);
      await db('service_status').insert({
        ...statusRow(service, status, { now: WRITTEN_AT }),
        game_day_last_title: title,
      });
    }
    const rows = await read({ q: 'formula-' });
    await db('service_status').whereIn('service_id', added).delete();
    const harmless = titles.map((title, n) =>
      n < FORMULAS.length ? `'${title}` : title,
    );
    const byRef = rows.sort(([a], [b]) => (a < b ? -1 : 1));
    for (const column of ['title', 'type', 'gameDayLastTitle'] as const) {
      const index = SERVICE_CSV_COLUMNS.indexOf(column);
      expect(byRef.map(row => row[index])).toEqual(harmless);
    }
  });

  it('counts anew what time has changed, and tells instants to the millisecond', async () => {
    const now = Date.parse('2026-07-01T08:00:00.009Z');
    const scope = await store.addScope({ key: 'a', lastSuccessAt: now });
    const service = await store.addService({ name: 'windows' });
    await store.nameScope(service, scope);
    const done = (externalId: string, daysAgo: number, improvement: boolean) =>
      testTicket({
        externalId,
        improvement,
        state: 'done',
        createdAt: -1,
        closedAt: now - daysAgo * DAY_MS,
      });
    await db.transaction(tx =>
      TicketStore.create().storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: scope,
        tickets: [
          done('1', 29, true),
          done('2', 89, true),
          done('3', 10, false),
          testTicket({ externalId: '4', createdAt: now - 7 }),
          testTicket({ externalId: '5', createdAt: -86_400_001 }),
        ],
      }),
    );
    await store.recompute([service], { now: () => now });
    const figures = async (at: number) => {
      const rows = await read({ q: 'windows' }, { now: at });
      expect(rows).toEqual(await listed({ q: 'windows' }, { now: at }));
      const value = (column: (typeof SERVICE_CSV_COLUMNS)[number]) =>
        rows[0][SERVICE_CSV_COLUMNS.indexOf(column)];
      return [
        value('backlogClosed30d'),
        value('backlogClosed90d'),
        value('backlogImprovementShare90d'),
        value('backlogOldestCreatedAt'),
        value('backlogP85CreatedAt'),
      ];
    };
    const oldest = '1969-12-30T23:59:59.999Z';
    expect(await figures(now)).toEqual([
      '1',
      '2',
      String(2 / 3),
      oldest,
      oldest,
    ]);
    expect(await figures(now + 2 * DAY_MS)).toEqual([
      '0',
      '1',
      '0.5',
      oldest,
      oldest,
    ]);
    await db('service_status').where({ service_id: service }).delete();
  });

  it('reads thousands with each query, one page ahead and no more', async () => {
    const [template] = await db('service_status').limit(1);
    const services = Array.from({ length: 9_000 }, (_, n) => ({
      entity_ref: `component:default/many-${n}`,
      title: `Many ${n}`,
      search_text: `component:default/many-${n}`,
      annotations: '{}',
      content_hash: '',
    }));
    await db.batchInsert('services', services, 500);
    const ids: number[] = await db('services')
      .where('entity_ref', 'like', 'component:default/many-%')
      .orderBy('id')
      .pluck('id');
    await db.batchInsert(
      'service_status',
      ids
        .map((service_id, n) => ({ ...template, ...services[n], service_id }))
        .map(({ annotations: _a, content_hash: _c, ...row }) => row),
      200,
    );
    const statements: string[] = [];
    const note = ({ sql }: { sql: string }) => statements.push(sql);
    db.on('query', note);
    const lines = queries().csv(
      serviceCsvQuerySchema.parse({ q: 'many-' }),
      ALL,
    );
    await lines.next();
    const whole = () =>
      statements.filter(text => text.includes('as lines')).length;
    expect(whole()).toBe(0);
    const first = await lines.next();
    expect(parseCsv(first.value!)).toHaveLength(4000);
    expect(whole()).toBeLessThanOrEqual(2);
    await lines.return();
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    expect(whole()).toBeLessThanOrEqual(2);
    db.removeListener('query', note);

    const rows = await read({ q: 'many-', sort: 'title' });
    expect(rows).toHaveLength(9_000);
    expect(new Set(rows.map(([ref]) => ref)).size).toBe(9_000);
    await db('service_status').whereIn('service_id', ids).delete();
  });
});

/** As RFC 4180 says, by hand: fields may be quoted, quotes are doubled. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let rest = text;
  while (rest !== '') {
    const field = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (!field) throw new Error(`No field of CSV: ${rest.slice(0, 80)}`);
    const [all, quoted, plain, end] = field;
    rows[rows.length - 1].push(quoted?.replaceAll('""', '"') ?? plain);
    rest = rest.slice(all.length);
    if (end === '\r\n' && rest !== '') rows.push([]);
  }
  return rows;
}
