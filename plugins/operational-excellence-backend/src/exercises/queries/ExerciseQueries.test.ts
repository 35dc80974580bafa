import { TestDatabases } from '@backstage/backend-test-utils';
import {
  exerciseQuerySchema,
  exerciseSpan,
  exerciseStage,
  exerciseStageSchema,
  exerciseStateSchema,
  exerciseWindow,
  ExerciseQuery,
  experimentStateSchema,
  isExperimentWithin,
  Policy,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import {
  testExperiment,
  TestStore,
} from '../../database/__testUtils__/TestStore';
import { ExperimentStore } from '../../experiments';
import { emptyDatabase } from '../../sync/__testUtils__/emptyDatabase';
import { exerciseColumns, ExerciseCourse, ExercisePlan } from '../exerciseRows';
import { ExerciseQueries } from './ExerciseQueries';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;
const ALL = { kind: 'all' } as const;

const POLICIES: Policy[] = [
  policySchema.parse({
    id: 'asks',
    exercise: { approvers: ['group:default/sre'] },
  }),
];

const query = (given: Partial<ExerciseQuery> = {}) => ({
  ...exerciseQuerySchema.parse({ limit: 200 }),
  ...given,
});

/** An instant near now, often exactly it. */
const instant = fc.oneof(
  fc.integer({ min: -200, max: 200 }).map(minutes => NOW + minutes * MINUTE),
  fc.constantFrom(NOW - 1, NOW, NOW + 1),
);

const sample = fc
  .record({
    state: fc.constantFrom(...exerciseStateSchema.options),
    plannedStart: instant,
    lasts: fc.integer({ min: 1, max: 100 * MINUTE }),
    startedAt: fc.option(instant),
    ran: fc.option(fc.nat({ max: 100 * MINUTE })),
  })
  .map(({ lasts, plannedStart, ran, startedAt, state }) => ({
    state,
    plannedStart,
    plannedEnd: plannedStart + lasts,
    startedAt,
    endedAt: startedAt === null || ran === null ? null : startedAt + ran,
  }));

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'ExerciseQueries on %s',
  databaseId => {
    let db: Knex;
    let store: TestStore;
    let queries: ExerciseQueries;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
      store = await TestStore.create(db);
      queries = ExerciseQueries.create({
        db,
        findings: { ofExercise: async () => [] },
        policies: POLICIES,
        now: () => NOW,
      });
    });

    async function addService(name: string, removedAt: number | null = null) {
      const id = await store.addService({ name, policy: 'asks', removedAt });
      await store.recompute([id], { policies: POLICIES });
      return id;
    }

    async function addExercise(
      id: string,
      serviceIds: number[],
      given: Partial<ExercisePlan & ExerciseCourse> = {},
    ) {
      await db('exercises').insert({
        ...exerciseColumns({
          kind: 'game-day',
          title: id,
          plannedStart: NOW,
          plannedEnd: NOW + MINUTE,
          facilitator: null,
          roles: [],
          scope: null,
          hypothesis: null,
          hypothesisBound: null,
          steadyState: null,
          blastRadius: null,
          stopConditions: [],
          abortOwner: null,
          rollbackTried: false,
          prerequisites: [],
          environmentId: null,
          state: 'planned',
          startedAt: null,
          endedAt: null,
          outcome: null,
          surprises: null,
          cancelReason: null,
          ...given,
        }),
        id,
        version: 1,
        plan_hash: 'plan',
        created_by: 'user:default/alice',
        submission_key: id,
        submission_hash: '',
        created_at: NOW,
        updated_by: 'user:default/alice',
        updated_at: NOW,
      });
      await db('exercise_services').insert(
        serviceIds.map(service_id => ({ exercise_id: id, service_id })),
      );
    }

    it('finds every stage and time in the database as the rules have it', async () => {
      const samples = fc.sample(sample, { numRuns: 150, seed: 11 });
      const service = await addService('payments');
      for (const [n, given] of samples.entries()) {
        await addExercise(`e${n}`, [service], given);
      }
      const stageOf = (n: number) => exerciseStage(samples[n], NOW);
      const { items } = await queries.list(query(), ALL);
      expect(items).toHaveLength(150);
      for (const { id, stage } of items) {
        expect([id, stage]).toEqual([id, stageOf(Number(id.slice(1)))]);
      }
      for (const stage of exerciseStageSchema.options) {
        const found = await queries.list(query({ stage: [stage] }), ALL);
        const wanted = samples.flatMap((_, n) =>
          stageOf(n) === stage ? [`e${n}`] : [],
        );
        expect(wanted.length).toBeGreaterThan(0);
        expect(found.items.map(({ id }) => id).sort()).toEqual(wanted.sort());
        expect(found.totalItems).toBe(wanted.length);
      }
      for (const [from, to] of [
        [NOW, NOW + 1],
        [NOW - 30 * MINUTE, NOW],
        [NOW + 1, NOW + 60 * MINUTE],
      ]) {
        const found = await queries.list(
          query({
            from: new Date(from).toISOString(),
            to: new Date(to).toISOString(),
          }),
          ALL,
        );
        const wanted = samples.flatMap((given, n) => {
          const span = exerciseSpan(given);
          return span.to >= from && span.from < to ? [`e${n}`] : [];
        });
        expect(found.items.map(({ id }) => id).sort()).toEqual(wanted.sort());
      }
      const starts = items.map(
        ({ id }) => exerciseSpan(samples[Number(id.slice(1))]).from,
      );
      expect(starts).toEqual([...starts].sort((a, b) => b - a));
    });

    it('suggests the experiments that the rules have in the time of an exercise', async () => {
      const service = await addService('payments');
      const scopeId = await store.addScope({
        key: 'aws',
        sourceId: 'fis',
        kind: 'experiment',
      });
      const experiments = fc.sample(
        fc.record({
          state: fc.constantFrom(...experimentStateSchema.options),
          createdAt: instant,
          ran: fc.option(fc.nat({ max: 100 * MINUTE })),
        }),
        { numRuns: 45, seed: 3 },
      );
      await db.transaction(tx =>
        ExperimentStore.create().storePage(tx, {
          sourceId: 'fis',
          scopeId,
          experiments: experiments.map(({ createdAt, ran, state }, n) =>
            testExperiment({
              externalId: `x${n}`,
              entityRefs: ['component:default/payments'],
              state,
              createdAt,
              startedAt: null,
              endedAt: ran === null ? null : createdAt + ran,
            }),
          ),
        }),
      );
      const seen = new Set<number>();
      for (const [n, given] of fc
        .sample(sample, { numRuns: 25, seed: 5 })
        .entries()) {
        await addExercise(`e${n}`, [service], given);
        const window = exerciseWindow(given, NOW);
        const wanted = experiments.flatMap(({ createdAt, ran, state }, index) =>
          isExperimentWithin(
            {
              state,
              createdAt,
              endedAt: ran === null ? null : createdAt + ran,
            },
            window,
            NOW,
          )
            ? [`x${index}`]
            : [],
        );
        const found = await queries.suggestions(`e${n}`, ALL);
        expect(found?.items.map(({ id }) => id).sort()).toEqual(wanted.sort());
        seen.add(wanted.length);
      }
      expect(seen.size).toBeGreaterThan(3);
    });

    it('counts services that left the catalog, and shows nothing of no others', async () => {
      const shown = await addService('shown');
      const removed = await addService('removed', NOW);
      await addExercise('both', [shown, removed]);
      await addExercise('gone', [removed]);
      expect((await queries.list(query(), ALL)).items).toMatchObject([
        {
          id: 'both',
          services: [{ entityRef: 'component:default/shown' }],
          hiddenServices: 1,
          approvalState: 'pending',
        },
      ]);
      expect(await queries.get('gone', ALL)).toBeUndefined();
      expect(await queries.get("' or 1 = 1 --\0", ALL)).toBeUndefined();
      expect(await queries.suggestions('gone', ALL)).toBeUndefined();
    });

    it('asks the same number of questions whatever the number of exercises', async () => {
      const service = await addService('payments');
      const asked: string[] = [];
      db.on('query', ({ sql }) => asked.push(sql));
      const count = async () => {
        asked.length = 0;
        await queries.list(query({ stage: ['planned'] }), ALL);
        return asked.length;
      };
      await addExercise('first', [service]);
      const few = await count();
      for (let n = 0; n < 30; n++) await addExercise(`e${n}`, [service]);
      expect(await count()).toBe(few);
      expect(few).toBe(6);
      db.removeAllListeners('query');
    });
  },
);
