import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  ExerciseKind,
  exerciseKindSchema,
  exerciseOutcomeSchema,
  exerciseSubmissionSchema,
  ExperimentState,
  experimentStateSchema,
  policySchema,
  serviceQuerySchema,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { testExperiment, TestStore } from '../database/__testUtils__/TestStore';
import { ExerciseService } from '../exercises';
import { ExperimentStore } from '../experiments';
import { ServiceQueries } from '../services';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { StatusUpdater } from './StatusUpdater';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const START = Date.parse('2026-01-01T00:00:00Z');
const SERVICES = ['s0', 's1', 's2'];

/** What counts as a game day of each service; of the last one, whatever there is. */
const COUNTS = [
  ['experiment', 'game-day'],
  ['tabletop', 'pre-mortem'],
  ['experiment', 'game-day', 'tabletop', 'pre-mortem'],
];

const POLICIES = [
  policySchema.parse({ id: 's0', gameDay: { every: 'P30D' } }),
  policySchema.parse({
    id: 's1',
    gameDay: { every: 'P10D', counts: COUNTS[1] },
  }),
  policySchema.parse({ id: 's2' }),
];

const services = fc.subarray([0, 1, 2], { minLength: 1 });

const passed = fc.oneof(
  fc.integer({ min: 0, max: 2 }),
  fc.integer({ min: 1, max: 20 }).map(days => days * DAY_MS),
);

const act = fc.oneof(
  fc.record({
    do: fc.constant('experiment' as const),
    nth: fc.nat({ max: 4 }),
    state: fc.oneof(
      fc.constant('completed' as const),
      fc.constantFrom(...experimentStateSchema.options),
    ),
    ran: fc.constantFrom(true, true, false),
    dryRun: fc.constantFrom(false, false, true),
    of: services,
  }),
  fc.record({
    do: fc.constant('plan' as const),
    kind: fc.constantFrom(...exerciseKindSchema.options),
    of: services,
  }),
  fc.record({
    do: fc.constant('begin' as const),
    nth: fc.nat({ max: 4 }),
  }),
  fc.record({
    do: fc.constant('hold' as const),
    nth: fc.nat({ max: 4 }),
    outcome: fc.constantFrom(...exerciseOutcomeSchema.options),
    ago: fc.option(passed),
  }),
  fc.record({ do: fc.constant('cancel' as const), nth: fc.nat({ max: 4 }) }),
  fc.record({
    do: fc.constant('change' as const),
    nth: fc.nat({ max: 4 }),
    kind: fc.option(fc.constantFrom(...exerciseKindSchema.options)),
    of: fc.option(services),
    title: fc.constantFrom('one', 'another'),
  }),
);

type Event = { passed: number; act: Value<typeof act> };
type Value<T> = T extends fc.Arbitrary<infer V> ? V : never;

const held = (kind: ExerciseKind, of: number, nth: number): Event[] => [
  { passed: 1, act: { do: 'plan', kind, of: [of] } },
  { passed: 1, act: { do: 'hold', nth, outcome: 'completed', ago: 0 } },
];

/** Histories after which each kind is some service's newest. */
const EACH_KIND: Event[][] = [
  [
    ...held('game-day', 0, 0),
    ...held('tabletop', 1, 1),
    ...held('pre-mortem', 2, 2),
  ],
  [
    {
      passed: 1,
      act: {
        do: 'experiment',
        nth: 0,
        state: 'completed',
        ran: true,
        dryRun: false,
        of: [0],
      },
    },
  ],
];

/** What is known of an experiment, as a list of all would have it. */
interface KnownExperiment {
  id: string;
  state: ExperimentState;
  startedAt: number | null;
  dryRun: boolean;
  of: number[];
}

interface KnownExercise {
  id: string;
  version: number;
  kind: ExerciseKind;
  title: string;
  state: string;
  startedAt: number | null;
  outcome: string | null;
  of: number[];
}

const FINAL: ExperimentState[] = [
  'completed',
  'stopped',
  'failed',
  'cancelled',
];

describe.each(databases.eachSupportedId())('game days on %s', databaseId => {
  let db: Knex;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  async function prepare() {
    await emptyDatabase(db);
    const store = await TestStore.create(db);
    const ids: number[] = [];
    for (const name of SERVICES) {
      ids.push(await store.addService({ name, policy: name }));
    }
    const scopeId = await store.addScope({
      key: 'aws',
      sourceId: 'fis',
      kind: 'experiment',
      lastSuccessAt: START,
      toleranceMs: 4e12,
    });
    return { ids, scopeId };
  }

  /** The newest of all that counts, by the words of the rules. */
  function naiveLast(
    service: number,
    experiments: Iterable<KnownExperiment>,
    exercises: Iterable<KnownExercise>,
  ) {
    const counted = [
      ...[...experiments]
        .filter(
          ({ dryRun, of, startedAt, state }) =>
            of.includes(service) &&
            startedAt !== null &&
            !dryRun &&
            (state === 'completed' || state === 'stopped'),
        )
        .map(({ id, startedAt, state }) => ({
          kind: 'experiment',
          id,
          title: `Experiment ${id}`,
          outcome: state as string | null,
          heldAt: startedAt!,
        })),
      ...[...exercises]
        .filter(
          ({ of, startedAt, state }) =>
            of.includes(service) && state === 'held' && startedAt !== null,
        )
        .map(({ id, kind, outcome, startedAt, title }) => ({
          kind: kind as string,
          id,
          title,
          outcome,
          heldAt: startedAt!,
        })),
    ].filter(({ kind }) => COUNTS[service].includes(kind));
    counted.sort((a, b) => b.heldAt - a.heldAt || (a.id < b.id ? 1 : -1));
    return counted.at(0);
  }

  it('equal those from all experiments and exercises, after any history', async () => {
    const kinds = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ passed, act }), { minLength: 10, maxLength: 25 }),
        async events => {
          const { ids, scopeId } = await prepare();
          let now = START;
          const options = {
            policies: POLICIES,
            experimentSourceIds: ['fis'],
            now: () => now,
          };
          const status = StatusUpdater.create(options);
          await status.recomputeAll(db);
          const service = ExerciseService.create({ db, status, ...options });
          const store = ExperimentStore.create();
          const experiments = new Map<string, KnownExperiment>();
          const exercises: KnownExercise[] = [];
          const by = 'user:default/alice';
          const idsOf = (of: number[]) => of.map(n => ids[n]);

          for (const [n, event] of events.entries()) {
            now += event.passed;
            const what = event.act;
            if (what.do === 'experiment') {
              const id = `x${what.nth}`;
              const known = experiments.get(id);
              const createdAt = now;
              const startedAt = what.ran ? createdAt : null;
              const { dryRun, of, state } = what;
              const isStale =
                known && FINAL.includes(known.state) && !FINAL.includes(state);
              if (!isStale) {
                experiments.set(id, { id, state, startedAt, dryRun, of });
              }
              await db.transaction(async tx => {
                const touched = await store.storePage(tx, {
                  sourceId: 'fis',
                  scopeId,
                  experiments: [
                    testExperiment({
                      externalId: id,
                      state,
                      startedAt,
                      dryRun,
                      createdAt,
                      endedAt: null,
                      entityRefs: of.map(m => `component:default/s${m}`),
                    }),
                  ],
                });
                await status.recompute(tx, touched);
              });
              continue;
            }
            if (what.do === 'plan') {
              const { id } = await service.create(
                exerciseSubmissionSchema.parse({
                  key: `submission-${n}`,
                  kind: what.kind,
                  title: 'one',
                  entityRefs: ['of the ids'],
                  plannedStart: toIsoInstant(now),
                  plannedEnd: toIsoInstant(now + 1),
                }),
                { serviceIds: idsOf(what.of), by },
              );
              exercises.push({
                id,
                version: 1,
                kind: what.kind,
                title: 'one',
                state: 'planned',
                startedAt: null,
                outcome: null,
                of: what.of,
              });
              continue;
            }
            const known = exercises[what.nth % exercises.length];
            if (!known) continue;
            const { id, version } = known;
            if (what.do === 'change') {
              if (known.state === 'cancelled') continue;
              await service.change(
                id,
                {
                  version,
                  title: what.title,
                  ...(what.kind && { kind: what.kind }),
                },
                { by, ...(what.of && { serviceIds: idsOf(what.of) }) },
              );
              known.title = what.title;
              known.kind = what.kind ?? known.kind;
              known.of = what.of ?? known.of;
            } else if (what.do === 'begin') {
              if (known.state !== 'planned') continue;
              await service.transition(id, { to: 'running', version }, { by });
              known.state = 'running';
              known.startedAt = now;
            } else if (what.do === 'cancel') {
              if (!['planned', 'running'].includes(known.state)) continue;
              await service.transition(
                id,
                { to: 'cancelled', version, reason: 'No time' },
                { by },
              );
              known.state = 'cancelled';
            } else {
              if (!['planned', 'running'].includes(known.state)) continue;
              const startedAt =
                what.ago === null ? known.startedAt : now - what.ago;
              if (startedAt === null && what.outcome !== 'aborted') continue;
              await service.transition(
                id,
                {
                  to: 'held',
                  version,
                  ...(what.ago !== null && {
                    startedAt: toIsoInstant(now - what.ago),
                  }),
                  outcome: what.outcome,
                  surprises: null,
                },
                { by },
              );
              known.state = 'held';
              known.startedAt = startedAt;
              known.outcome = what.outcome;
            }
            known.version += 1;
          }

          const { items } = await ServiceQueries.create({
            db,
            ...options,
          }).list(serviceQuerySchema.parse({ sort: 'title' }), { kind: 'all' });
          for (const [n, { gameDay }] of items.entries()) {
            const last = naiveLast(n, experiments.values(), exercises);
            const every = [30, 10, null][n];
            kinds.set(
              last?.kind ?? 'none',
              (kinds.get(last?.kind ?? 'none') ?? 0) + 1,
            );
            expect([n, gameDay]).toMatchObject([
              n,
              {
                lastHeldAt: last ? toIsoInstant(last.heldAt) : null,
                last: last
                  ? {
                      kind: last.kind,
                      id: last.id,
                      title: last.title,
                      outcome: last.outcome,
                    }
                  : null,
                dueAt:
                  last && every !== null
                    ? toIsoInstant(last.heldAt + every * DAY_MS)
                    : null,
              },
            ]);
          }
        },
      ),
      { numRuns: 60, examples: EACH_KIND.map(each => [each]) },
    );
    // Each kind was the newest one somewhere.
    expect([...kinds.keys()].sort()).toEqual([
      'experiment',
      'game-day',
      'none',
      'pre-mortem',
      'tabletop',
    ]);
  }, 180_000);
});
