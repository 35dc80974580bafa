import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ATTENTION_STATES,
  DailyPoint,
  DAY_MS,
  MEASURES,
  Mover,
  ReadinessVerdict,
  Service,
  serviceQuerySchema,
  StatesOfMeasures,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { isPostgres } from '../database';
import { ServiceQueries } from '../services';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { POLICY, START, TestHistory } from './__testUtils__/TestHistory';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const UNIT = 'group:default/unit';
const OWNERS = [
  ['group:default/team', UNIT],
  ['group:default/others', UNIT],
  ['group:default/lone'],
  [],
];
const SERVICES = [
  { name: 's0', tier: '1', system: 'system:default/shop' },
  { name: 's1', tier: '1' },
  { name: 's2', system: 'system:default/shop' },
  { name: 's3', tier: '2' },
];
const DIMENSIONS = ['all', 'owner', 'tier', 'system', 'lifecycle'] as const;

type Dimension = (typeof DIMENSIONS)[number] | 'service';

const service = fc.nat({ max: SERVICES.length - 1 });
const daysAgo = fc.constantFrom(0, 0, 1, 2, 5, 29, 31, 40);

type Act =
  | {
      do: 'ticket';
      of: number;
      id: number;
      isOpen: boolean;
      improvement: boolean;
    }
  | { do: 'game-day'; of: number[]; daysAgo: number }
  | { do: 'test'; of: number; verdict: ReadinessVerdict; daysAgo: number }
  | { do: 'reassign'; of: number; owner: number }
  | { do: 'remove' | 'return'; of: number };

/** What happens, until the points of the day are taken, or are to be. */
interface Happening {
  passed: number;
  acts: Act[];
  job: 'runs' | 'rests' | { killAt: number; resumes: boolean };
  servicesAtOnce: number;
}

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constant('ticket' as const),
    of: service,
    id: fc.nat({ max: 3 }),
    isOpen: fc.boolean(),
    improvement: fc.constantFrom(true, true, true, false),
  }),
  fc.record({
    do: fc.constant('game-day' as const),
    of: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
    daysAgo,
  }),
  fc.record({
    do: fc.constant('test' as const),
    of: service,
    verdict: fc.constantFrom(
      ...(['pass', 'pass', 'conditional', 'fail'] as const),
    ),
    daysAgo,
  }),
  fc.record({
    do: fc.constant('reassign' as const),
    of: service,
    owner: fc.nat({ max: OWNERS.length - 1 }),
  }),
  fc.record({ do: fc.constant('remove' as const), of: service }),
  fc.record({ do: fc.constant('return' as const), of: service }),
);

const day: fc.Arbitrary<Happening> = fc.record({
  passed: fc.constantFrom(1, 1, 1, 0, 2, 3, 35, 95),
  acts: fc.array(act, { maxLength: 4 }),
  job: fc.oneof(
    { weight: 4, arbitrary: fc.constant('runs' as const) },
    { weight: 1, arbitrary: fc.constant('rests' as const) },
    {
      weight: 3,
      arbitrary: fc.record({
        killAt: fc.nat({ max: 14 }),
        resumes: fc.boolean(),
      }),
    },
  ),
  servicesAtOnce: fc.integer({ min: 1, max: 4 }),
});

const quiet: Happening = {
  passed: 1,
  acts: [],
  job: 'runs',
  servicesAtOnce: 2,
};

/** Histories in which each thing that can go wrong goes wrong. */
const EXAMPLES: [Happening[], number][] = [
  // Killed on a day that counts something, and not gone on.
  ...[2, 3, 4, 5, 7].map((killAt): [Happening[], number] => [
    [
      quiet,
      {
        ...quiet,
        acts: [
          { do: 'game-day', of: [0, 1], daysAgo: 0 },
          { do: 'test', of: 2, verdict: 'pass', daysAgo: 0 },
          { do: 'reassign', of: 0, owner: 1 },
          { do: 'ticket', of: 0, id: 0, isOpen: true, improvement: true },
        ],
        job: { killAt, resumes: false },
      },
      quiet,
      quiet,
    ],
    1_000,
  ]),
  // Everything ends, and some of it returns after its beginning was forgotten.
  [
    [
      {
        ...quiet,
        acts: [
          { do: 'ticket', of: 0, id: 0, isOpen: true, improvement: true },
          { do: 'ticket', of: 0, id: 1, isOpen: true, improvement: true },
          { do: 'ticket', of: 1, id: 0, isOpen: true, improvement: true },
        ],
      },
      {
        ...quiet,
        acts: [0, 1, 2, 3].map((of): Act => ({ do: 'remove', of })),
      },
      { ...quiet, passed: 35 },
      { ...quiet, passed: 3, acts: [{ do: 'return', of: 0 }] },
      quiet,
    ],
    20,
  ],
];

interface TestTicket {
  improvement: boolean;
  createdAt: number;
  closedAt: number | null;
}

/** Keeps by hand what the points of each day should be. */
class Recorder {
  /** By service. */
  readonly tickets = SERVICES.map(() => new Map<number, TestTicket>());
  readonly owners = SERVICES.map(() => OWNERS[0]);
  readonly events: { of: number[]; at: number; kind: 'game-day' | 'test' }[] =
    [];
  readonly points = new Map<string, DailyPoint[]>();
  readonly days: string[] = [];
  readonly #counted = new Set<string>();
  #first: number | undefined;
  #last: number | undefined;

  isRecorded(test: TestHistory) {
    return this.days.includes(test.day());
  }

  async record(test: TestHistory): Promise<void> {
    const { now } = test;
    const flows = this.#countEvents(now);
    const queries = ServiceQueries.create({
      db: test.db,
      policies: [POLICY],
      now: () => now,
    });
    const { items } = await queries.list(serviceQuerySchema.parse({}), {
      kind: 'all',
    });
    const groups = new Map<string, number[]>();
    items.forEach(({ title }) => {
      const nth = SERVICES.findIndex(({ name }) => name === title);
      for (const group of this.#groupsOf(nth)) {
        groups.set(group, [...(groups.get(group) ?? []), nth]);
      }
    });
    this.days.push(test.day());
    for (const [group, members] of groups) {
      const points = this.points.get(group) ?? [];
      this.points.set(group, points);
      points.push({
        day: test.day(),
        services: members.length,
        states: this.#states(
          items.filter(({ title }) =>
            members.some(nth => SERVICES[nth].name === title),
          ),
        ),
        ...this.#backlog(members, now),
        gameDaysHeld: flows.gameDays.filter(nth => members.includes(nth))
          .length,
        testsPassed: flows.tests.filter(nth => members.includes(nth)).length,
      });
    }
    this.#first ??= now;
    this.#last = now;
  }

  #groupsOf(nth: number): string[] {
    const { name, system = '', tier = '' } = SERVICES[nth];
    const owners = this.owners[nth];
    return [
      `service component:default/${name}`,
      'all ',
      ...(owners.length ? owners : ['']).map(owner => `owner ${owner}`),
      `tier ${tier}`,
      `system ${system}`,
      'lifecycle ',
    ];
  }

  #states(services: Service[]): StatesOfMeasures {
    const states: StatesOfMeasures = {
      service: {},
      backlog: {},
      gameDay: {},
      readinessTest: {},
    };
    for (const each of services) {
      states.service[each.state] = (states.service[each.state] ?? 0) + 1;
      for (const measure of MEASURES) {
        const { state } = each[measure];
        states[measure][state] = (states[measure][state] ?? 0) + 1;
      }
    }
    return states;
  }

  #backlog(members: number[], now: number) {
    const all = members.flatMap(nth => [...this.tickets[nth].values()]);
    const isRecent = ({ closedAt }: TestTicket) =>
      closedAt !== null && now - closedAt < 90 * DAY_MS;
    const isOpen = ({ closedAt, improvement }: TestTicket) =>
      improvement && closedAt === null;
    const open = all
      .filter(isOpen)
      .map(({ createdAt }) => createdAt)
      .sort((a, b) => b - a);
    const closed = all.filter(isRecent);
    const improvements = closed.filter(({ improvement }) => improvement);
    return {
      openCount: open.length,
      starved: members.filter(nth => {
        const tickets = [...this.tickets[nth].values()];
        return (
          tickets.some(isOpen) &&
          !tickets.some(each => each.improvement && isRecent(each))
        );
      }).length,
      closed90d: improvements.length,
      allClosed90d: closed.length,
      improvementShare90d: closed.length
        ? improvements.length / closed.length
        : null,
      oldestCreatedAt: toIsoInstant(open[open.length - 1] ?? null),
      medianCreatedAt: toIsoInstant(
        open[Math.ceil(open.length / 2) - 1] ?? null,
      ),
    };
  }

  #countEvents(now: number) {
    const flows: Record<'gameDays' | 'tests', number[]> = {
      gameDays: [],
      tests: [],
    };
    if (this.#first === undefined || this.#last === undefined) return flows;
    const since = Math.max(this.#first, this.#last - 30 * DAY_MS);
    this.events.forEach(({ at, kind, of }, event) => {
      for (const nth of of) {
        const id = `${event} ${nth}`;
        if (at <= since || at > now || this.#counted.has(id)) continue;
        this.#counted.add(id);
        (kind === 'test' ? flows.tests : flows.gameDays).push(nth);
      }
    });
    return flows;
  }
}

async function happen(
  each: Act,
  test: TestHistory,
  ids: number[],
  recorder: Recorder,
): Promise<void> {
  switch (each.do) {
    case 'ticket': {
      const { id, improvement, isOpen, of } = each;
      const tickets = recorder.tickets[of];
      const ticket = {
        improvement,
        createdAt: tickets.get(id)?.createdAt ?? test.now,
        closedAt: isOpen ? null : test.now,
      };
      tickets.set(id, ticket);
      // The tracker tells of it at another instant each time.
      test.now += 1;
      await test.setTicket(SERVICES[of].name, { id: `${of}-${id}`, ...ticket });
      break;
    }
    case 'game-day': {
      const at = test.now - each.daysAgo * DAY_MS;
      recorder.events.push({ of: each.of, at, kind: 'game-day' });
      await test.holdGameDay(
        each.of.map(nth => ids[nth]),
        { at },
      );
      break;
    }
    case 'test': {
      const at = test.now - each.daysAgo * DAY_MS;
      if (!(await isThere(test, ids[each.of]))) return;
      if (each.verdict === 'pass') {
        recorder.events.push({ of: [each.of], at, kind: 'test' });
      }
      await test.testReadiness(SERVICES[each.of].name, {
        verdict: each.verdict,
        at,
      });
      break;
    }
    case 'reassign':
      recorder.owners[each.of] = OWNERS[each.owner];
      await test.reassign(ids[each.of], OWNERS[each.owner]);
      break;
    default:
      await test.setRemoved(ids[each.of], each.do === 'remove');
  }
}

async function isThere(test: TestHistory, id: number): Promise<boolean> {
  const row = await test.db('services').where({ id }).first('removed_at');
  return row.removed_at === null;
}

/** What moved between two points, by the words of the rules. */
function moved(before: DailyPoint, after: DailyPoint) {
  const attention = ({ states }: DailyPoint) =>
    ATTENTION_STATES.reduce(
      (sum, state) => sum + (states.service[state] ?? 0),
      0,
    );
  return (
    attention(after) / after.services - attention(before) / before.services
  );
}

describe.each(databases.eachSupportedId())('histories on %s', databaseId => {
  let db: Knex;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  it('equal a record by hand of each day, after any history', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(day, { minLength: 1, maxLength: 10 }),
        fc.constantFrom(1_000, 20, 3),
        async (happenings, keepDays) => {
          await emptyDatabase(db);
          const test = await TestHistory.create(db);
          await test.settleIn();
          const recorder = new Recorder();
          const ids: number[] = [];
          for (const each of SERVICES) {
            ids.push(
              await test.addService(each.name, { ...each, owners: OWNERS[0] }),
            );
          }
          for (const { acts, job, passed, servicesAtOnce } of happenings) {
            // What changes while a day is half taken, another test looks at.
            test.pass(recorder.isRecorded(test) ? passed : Math.max(passed, 1));
            for (const each of acts) await happen(each, test, ids, recorder);
            if (job === 'rests') continue;
            const isDone = recorder.isRecorded(test);
            const options = { keepDays, servicesAtOnce };
            const isTaken =
              job === 'runs'
                ? await test.take(options)
                : (await test.take({ ...options, killAt: job.killAt })) ||
                  (job.resumes && (await test.take(options)));
            if (isTaken && !isDone) await recorder.record(test);
          }
          for (const look of [histories, movers]) {
            const { expected, told } = await look(test, recorder, keepDays);
            expect(told).toEqual(expected);
          }
        },
      ),
      { numRuns: isPostgres(db) ? 20 : 80, examples: EXAMPLES },
    );
  }, 400_000);
});

/** What is told of each group that can be asked for, and what should be. */
async function histories(
  test: TestHistory,
  recorder: Recorder,
  keepDays: number,
) {
  const { isKept } = keptDays(test, recorder, keepDays);
  const told: Record<string, DailyPoint[]> = {};
  const expected: Record<string, DailyPoint[]> = {};
  for (const group of groupsOf(recorder)) {
    const [by, key] = group.split(' ') as [Dimension, string];
    const from = toIsoInstant(START).slice(0, 10);
    const history = await test.history({ by, from, key: key || undefined });
    // A service that is removed is not found.
    if (!history) continue;
    told[group] = history.points;
    expected[group] = (recorder.points.get(group) ?? []).filter(isKept);
  }
  return { told, expected };
}

/** What is told of owners that moved, and what should be. */
async function movers(test: TestHistory, recorder: Recorder, keepDays: number) {
  const days = 30;
  const { from, improved, to, worsened } = await test.movers({
    by: 'owner',
    days,
    limit: 50,
  });
  const { isKept, lastDay } = keptDays(test, recorder, keepDays);
  const compared = recorder.days.filter(
    each =>
      isKept({ day: each }) &&
      Date.parse(lastDay) - Date.parse(each) <= days * DAY_MS,
  );
  const changes = new Map<string, number>();
  for (const [group, points] of recorder.points) {
    const [by, key] = group.split(' ');
    const before = points.find(point => point.day === compared[0]);
    const after = points.find(point => point.day === lastDay);
    if (by !== 'owner' || !before || !after) continue;
    const change = moved(before, after);
    if (change !== 0) changes.set(key, change);
  }
  const ofSign = (sign: number) =>
    [...changes].filter(([, change]) => change * sign > 0).sort();
  const changesOf = (moving: Mover[]) =>
    moving
      .map(({ change, key }): [string, number] => [key ?? '', change])
      .sort();
  return {
    told: {
      from,
      to,
      improved: changesOf(improved),
      worsened: changesOf(worsened),
    },
    expected: {
      from: compared[0] ?? null,
      to: compared[compared.length - 1] ?? null,
      improved: ofSign(-1),
      worsened: ofSign(1),
    },
  };
}

function keptDays(test: TestHistory, recorder: Recorder, keepDays: number) {
  const lastDay = recorder.days[recorder.days.length - 1] ?? test.day();
  const horizon = toIsoInstant(Date.parse(lastDay) - keepDays * DAY_MS);
  const isKept = ({ day: each }: { day: string }) =>
    each >= horizon.slice(0, 10);
  return { isKept, lastDay };
}

/** Groups that ever had services, and some that never did. */
function groupsOf(recorder: Recorder): Set<string> {
  return new Set([
    ...recorder.points.keys(),
    ...OWNERS.flat().map(owner => `owner ${owner}`),
    ...DIMENSIONS.map(by => `${by} `),
  ]);
}
