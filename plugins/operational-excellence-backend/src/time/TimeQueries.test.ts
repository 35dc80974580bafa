import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Ticket } from 'backstage-plugin-operational-excellence-node';
import fc from 'fast-check';
import { Knex } from 'knex';
import { DateTime } from 'luxon';
import { testTicket, TestStore } from '../database/__testUtils__/TestStore';
import { StatusUpdater } from '../status';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TicketStore } from '../tickets';
import { TimeQueries } from './TimeQueries';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** A Wednesday. */
const NOW = Date.parse('2026-07-01T08:00:00Z');
const ALL = { kind: 'all' } as const;

const policies = [
  policySchema.parse({
    id: 'fifth',
    backlog: { maxAge: 'P90D', improvementShare: 0.2 },
  }),
  policySchema.parse({
    id: 'half',
    backlog: { maxAge: 'P90D', improvementShare: 0.5 },
  }),
  policySchema.parse({ id: 'none' }),
];

/** Which services a ticket belongs to, by its facets. */
const FACETS = ['a', 'b', 'c'];

/** Instants that like to lie where weeks and windows begin. */
const age = fc.oneof(
  fc.integer({ min: 0, max: 300 * DAY_MS }),
  fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(-1, 0, 1))
    .map(([weeks, offset]) => {
      const monday = Date.parse('2026-06-29T00:00:00Z') - weeks * 7 * DAY_MS;
      return NOW - monday + offset;
    }),
  fc.constantFrom(90 * DAY_MS - 1, 90 * DAY_MS, 90 * DAY_MS + 1, -1, -DAY_MS),
);

const tickets = fc.array(
  fc
    .record({
      improvement: fc.boolean(),
      state: fc.constantFrom('open', 'in-progress', 'done'),
      facets: fc.subarray(FACETS),
      ages: fc.tuple(age, age),
    })
    .map(({ ages: [one, other], ...ticket }) => ({
      ...ticket,
      createdAt: NOW - Math.max(one, other),
      closedAt: ticket.state === 'done' ? NOW - Math.min(one, other) : null,
    })),
  { maxLength: 25 },
);

type Given = typeof tickets extends fc.Arbitrary<(infer T)[]> ? T : never;

/** The report by the words of the rules, from the tickets one by one. */
function naiveReport(all: Given[], policyShare: number | null) {
  const improvements = all.filter(({ improvement }) => improvement);
  const open = improvements.filter(({ state }) => state !== 'done');
  const isPast = (at: number | null) => at !== null && at <= NOW;
  const closed = (of: Given[]) => of.filter(each => isPast(each.closedAt));
  const recent = (of: Given[]) =>
    closed(of).filter(({ closedAt }) => NOW - closedAt! < 90 * DAY_MS).length;
  const inWeek = (at: number, week: DateTime) =>
    at >= week.toMillis() && at < week.plus({ weeks: 1 }).toMillis();
  const first = DateTime.fromMillis(NOW, { zone: 'utc' })
    .startOf('week')
    .minus({ weeks: 25 });
  const last = Math.max(...closed(improvements).map(each => each.closedAt!));
  const oldest = Math.min(...open.map(({ createdAt }) => createdAt));
  const isStarved = open.length > 0 && recent(improvements) === 0;
  return {
    weeks: Array.from({ length: 26 }, (_, n) => {
      const week = first.plus({ weeks: n });
      const closedIn = closed(all).filter(each => inWeek(each.closedAt!, week));
      return {
        from: week.toJSDate().toISOString(),
        opened: improvements.filter(
          ({ createdAt }) => isPast(createdAt) && inWeek(createdAt, week),
        ).length,
        closed: closedIn.filter(({ improvement }) => improvement).length,
        otherClosed: closedIn.filter(({ improvement }) => !improvement).length,
      };
    }),
    openCount: open.length,
    closed90d: recent(improvements),
    allClosed90d: recent(all),
    improvementShare90d: recent(all)
      ? recent(improvements) / recent(all)
      : null,
    policyShare,
    daysToClear: daysToClearOf(open.length, recent(improvements)),
    starvedSince: isStarved
      ? new Date(Math.max(last, oldest)).toISOString()
      : null,
    asOf: new Date(NOW).toISOString(),
  };
}

function daysToClearOf(open: number, closed90d: number) {
  if (!open) return 0;
  return closed90d ? expect.closeTo((open * 90) / closed90d, 6) : null;
}

describe.each(databases.eachSupportedId())('TimeQueries on %s', databaseId => {
  const status = StatusUpdater.create({
    policies,
    experimentSourceIds: [],
    now: () => NOW,
  });
  let db: Knex;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  /** Services a and b of a nested group, and c of another one. */
  async function prepare(policyOf: Record<string, string> = {}) {
    await emptyDatabase(db);
    const store = await TestStore.create(db);
    const scope = await store.addScope({ key: 'acme', lastSuccessAt: NOW });
    const ids: Record<string, number> = {};
    for (const name of FACETS) {
      ids[name] = await store.addService({
        name,
        policy: policyOf[name] ?? 'fifth',
        owners:
          name === 'c'
            ? ['group:default/team-c']
            : ['group:default/team', 'group:default/division'],
      });
      await store.nameScope(ids[name], scope, { allOf: [name] });
    }
    await status.recomputeAll(db);
    return { ids, scope };
  }

  async function storeTickets(scopeId: number, given: Partial<Ticket>[]) {
    await db.transaction(async tx => {
      const touched = await TicketStore.create().storePage(tx, {
        sourceId: 'tracker:test',
        scopeId,
        tickets: given.map((ticket, n) =>
          testTicket({ externalId: `${n}`, ...ticket }),
        ),
      });
      await status.recompute(tx, touched);
    });
  }

  const queries = () => TimeQueries.create({ db, policies, now: () => NOW });

  it('equals what is counted from the raw tickets', async () => {
    await fc.assert(
      fc.asyncProperty(tickets, async given => {
        const { scope } = await prepare();
        await storeTickets(scope, given);
        const of = (...names: string[]) =>
          naiveReport(
            given.filter(({ facets }) =>
              facets.some(facet => names.includes(facet)),
            ),
            0.2,
          );
        const ofService = (name: string) =>
          queries().ofService(`Component:default/${name}`, ALL);
        expect(await ofService('a')).toEqual(of('a'));
        expect(await ofService('c')).toEqual(of('c'));

        const ofOwner = (name: string) =>
          queries().ofOwner(`group:default/${name}`, ALL);
        expect(await ofOwner('division')).toEqual(of('a', 'b'));
        expect(await ofOwner('Team')).toEqual(of('a', 'b'));
        expect(await ofOwner('team-c')).toEqual(of('c'));
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('counts what is visible, and tells nothing where that is nothing', async () => {
    const { scope } = await prepare();
    await storeTickets(scope, [
      { facets: ['a'], createdAt: NOW },
      { facets: ['b'], createdAt: NOW },
      { facets: ['a', 'b'], createdAt: NOW },
    ]);
    const seenBy = (...refs: string[]) => ({
      kind: 'only' as const,
      entityRefs: new Set(refs),
    });
    const division = 'group:default/division';
    expect(
      await queries().ofOwner(division, seenBy('component:default/a')),
    ).toMatchObject({ openCount: 2 });
    expect(await queries().ofOwner(division, ALL)).toMatchObject({
      openCount: 3,
    });
    for (const report of [
      queries().ofOwner(division, seenBy('component:default/c')),
      queries().ofOwner(division, seenBy()),
      queries().ofOwner('group:default/nobody', ALL),
      queries().ofOwner('\u0000', ALL),
      queries().ofService('component:default/nope', ALL),
      queries().ofService('component:default/a', seenBy('component:default/b')),
    ]) {
      expect(await report).toBeUndefined();
    }
  });

  it.each([
    ['the same', { a: 'half', b: 'half' }, 0.5],
    ['different ones', { a: 'half', b: 'fifth' }, null],
    ['one and none', { a: 'half', b: 'none' }, null],
    ['none', { a: 'none', b: 'none' }, null],
  ])('tells the share where policies ask for %s', async (_, of, share) => {
    await prepare(of);
    expect(
      await queries().ofOwner('group:default/division', ALL),
    ).toMatchObject({ policyShare: share });
  });

  it('takes two queries, however many services there are', async () => {
    await prepare();
    let statements = 0;
    const onQuery = () => (statements += 1);
    db.on('query', onQuery);
    await queries().ofOwner('group:default/division', ALL);
    await queries().ofService('component:default/c', ALL);
    db.removeListener('query', onQuery);
    expect(statements).toBe(4);
  });
});
