import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  Instant,
  Measure,
  MEASURES,
  measureStanding,
  MeasureState,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { instantOf } from '../database';
import { measureFactsOf } from '../status';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TestAnnouncements } from './__testUtils__/TestAnnouncements';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HISTORIES = 25;

jest.setTimeout(300_000);

const NAMES = ['payments', 'checkout'];
const WORDS: [MeasureState, RegExp][] = [
  ['failing', /fails$/],
  ['overdue', /overdue$/],
  ['due-soon', /due soon$/],
];
const ABOUT: Record<Measure, RegExp> = {
  backlog: /oldest improvement/,
  gameDay: /game day/,
  readinessTest: /readiness test/,
};

type Step =
  | { do: 'look' }
  | { do: 'wait'; days: number }
  | { do: 'ticket'; name: string; age: number; closed: boolean }
  | { do: 'test'; name: string; verdict: 'pass' | 'fail'; validFor: number }
  | { do: 'waive'; name: string; measure: Measure; days: number }
  | { do: 'silent'; name: string; silent: boolean };

const name = fc.constantFrom(...NAMES);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'look' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      days: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('ticket' as const),
      name,
      age: fc.integer({ min: 0, max: 60 }),
      closed: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('test' as const),
      name,
      verdict: fc.constantFrom('pass' as const, 'fail' as const),
      validFor: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('waive' as const),
      name,
      measure: fc.constantFrom(...MEASURES),
      days: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('silent' as const),
      name,
      silent: fc.boolean(),
    }),
  },
);

const look = { do: 'look' } as const;
const wait = (days: number): Step => ({ do: 'wait', days });
const testPayments = (verdict: 'pass' | 'fail', validFor: number): Step => ({
  do: 'test',
  name: 'payments',
  verdict,
  validFor,
});

/** Enters each bad state once, so that no run goes without one of them. */
const EACH_STATE: Step[] = [
  ...[look, testPayments('pass', 40), look],
  ...[wait(39), look],
  ...[wait(2), look],
  ...[testPayments('fail', 40), look],
];

describe.each(databases.eachSupportedId())('histories on %s', databaseId => {
  let db: Knex;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  /** The states by the rules, whatever is stored of them. */
  async function readStates(now: Instant) {
    const groups = await db('scope_groups').select('id', 'fresh_until');
    const freshUntil = new Map<string, Instant | null>(
      groups.map(({ fresh_until, id }) => [id, instantOf(fresh_until)]),
    );
    const rows = await db('service_status').select();
    return rows.flatMap(row => {
      const facts = measureFactsOf(row, id => freshUntil.get(id) ?? null);
      return MEASURES.map(measure => ({
        key: `${row.title} ${measure}`,
        state: measureStanding(facts[measure], { now }).state,
      }));
    });
  }

  it('announce each entry into a bad state exactly once', async () => {
    const seen = new Set<MeasureState>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 25 }),
        async steps => {
          await emptyDatabase(db);
          const test = await TestAnnouncements.create(db);
          // They look in turn, and neither knows what the other one did.
          const replicas = [test.replica(), test.replica()];
          for (const each of NAMES) await test.addService(each);
          const noted = new Map<string, MeasureState>();

          for (const [n, each] of [
            ...steps,
            { do: 'look' } as const,
          ].entries()) {
            if (each.do !== 'look') {
              await perform(test, each);
              continue;
            }
            const expected: string[] = [];
            for (const { key, state } of await readStates(test.now)) {
              const was = noted.get(key);
              if (state === 'unknown' || state === was) continue;
              noted.set(key, state);
              if (was === undefined) continue;
              if (WORDS.some(([bad]) => bad === state)) {
                expected.push(`${key} ${state}`);
                seen.add(state);
              }
            }
            await replicas[n % 2].look();
            await replicas[(n + 1) % 2].send();
            const titles = test.notifications
              .takeTitles()
              .filter(title => !title.includes('waiver'));
            expect(titles.map(keyOfTitle).sort()).toEqual(expected.sort());
          }
        },
      ),
      { numRuns: HISTORIES, examples: [[EACH_STATE]] },
    );
    expect([...seen].sort()).toEqual(WORDS.map(([state]) => state).sort());
  });
});

/** As `payments backlog overdue`. */
function keyOfTitle(title: string): string {
  const service = title.split(':')[0];
  const measure = MEASURES.find(each => ABOUT[each].test(title));
  const [state] = WORDS.find(([, words]) => words.test(title)) ?? [];
  return `${service} ${measure} ${state}`;
}

async function perform(
  test: TestAnnouncements,
  step_: Exclude<Step, { do: 'look' }>,
) {
  switch (step_.do) {
    case 'wait':
      test.now += step_.days * DAY_MS;
      return;
    case 'ticket':
      await test.setTicket(step_.name, {
        createdAt: test.now - step_.age * DAY_MS,
        closedAt: step_.closed ? test.now : null,
      });
      return;
    case 'test':
      await test.testReadiness(step_.name, {
        verdict: step_.verdict,
        validUntil: test.now + step_.validFor * DAY_MS,
      });
      return;
    case 'waive':
      await test.waive(
        step_.name,
        step_.measure,
        test.now + step_.days * DAY_MS,
      );
      return;
    default:
      await test.setSilent(step_.name, step_.silent);
  }
}
