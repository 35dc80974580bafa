import { TestDatabases } from '@backstage/backend-test-utils';
import {
  FindingQuery,
  findingQuerySchema,
  findingStageSchema,
  FindingStage,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { emptyDatabase } from '../../sync/__testUtils__/emptyDatabase';
import { NOW, POLICIES, TestFindings } from '../__testUtils__/TestFindings';
import { FindingQueries } from './FindingQueries';

const ALL = { kind: 'all' } as const;

const query = (given: Partial<FindingQuery> = {}): FindingQuery => ({
  ...findingQuerySchema.parse({}),
  limit: 200,
  ...given,
});

/** The busiest test stores some hundreds of records, one by one. */
jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'FindingQueries on %s',
  databaseId => {
    let db: Knex;
    let test: TestFindings;
    let queries: FindingQueries;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
      test = await TestFindings.create(db);
      queries = FindingQueries.create({ db, policies: POLICIES });
    });

    const idsOf = async (given: Partial<FindingQuery>, visible = ALL) => {
      const { items, totalItems } = await queries.list(
        query(given),
        visible,
        NOW,
      );
      expect(totalItems).toBe(items.length);
      return items.map(({ id }) => id);
    };

    it('finds every stage in the database as the rules have it', async () => {
      const around = fc.integer({ min: NOW - 10, max: NOW + 1 });
      const samples = fc.sample(
        fc.record({
          createdAt: around,
          endedAt: fc.option(around),
          retestBy: fc.option(around),
          improvement: fc.option(
            fc.record({
              delivery: fc.constantFrom('filed', 'filed', 'filed', 'queued'),
              ticket: fc.option(
                fc.constantFrom('open' as const, 'done' as const),
                { freq: 6 },
              ),
              closedAt: around,
            }),
            { freq: 8 },
          ),
          retests: fc.array(
            fc.record({
              testedAt: around,
              result: fc.constantFrom('fixed' as const, 'not-fixed' as const),
            }),
            { maxLength: 4 },
          ),
        }),
        { numRuns: 150, seed: 5 },
      );
      const service = await test.addService('payments', 'weekly');
      for (const [n, sample] of samples.entries()) {
        const id = `f${n}`;
        const { improvement } = sample;
        await test.addExercise(`x${n}`, [service], {
          ended_at: sample.endedAt,
        });
        if (improvement) {
          const { closedAt, delivery, ticket } = improvement;
          const externalId = delivery === 'filed' ? String(n) : null;
          if (ticket && externalId) {
            await test.storeTicket({
              externalId,
              state: ticket,
              closedAt: ticket === 'done' ? closedAt : null,
            });
          }
          await test.addImprovement({
            id: `i${n}`,
            service_id: service,
            delivery_state: delivery,
            external_id: externalId,
          });
        }
        await test.addFinding({
          id,
          service_id: service,
          exercise_id: `x${n}`,
          created_at: sample.createdAt,
          retest_by: sample.retestBy,
          improvement_id: improvement && `i${n}`,
        });
        for (const [m, { result, testedAt }] of sample.retests.entries()) {
          await test.addRetest({
            id: `r${n}-${m}`,
            finding_id: id,
            exercise_id: `x${n}`,
            tested_at: testedAt,
            result,
          });
        }
      }
      // What the rules of common make of each, from what was read of it.
      const { items } = await queries.list(query(), ALL, NOW);
      expect(items).toHaveLength(samples.length);
      const stages = new Map(items.map(({ id, stage }) => [id, stage]));
      expect(new Set(stages.values()).size).toBe(
        findingStageSchema.options.length,
      );
      for (const stage of findingStageSchema.options) {
        const wanted = [...stages].filter(([, of]) => of === stage);
        expect([stage, (await idsOf({ stage: [stage] })).sort()]).toEqual([
          stage,
          wanted.map(([id]) => id).sort(),
        ]);
      }
    });

    it('shows what became of a finding', async () => {
      const service = await test.addService('payments', 'weekly');
      await test.addExercise('x', [service], {
        kind: 'tabletop',
        title: 'Loss of a zone',
      });
      await test.addExercise('later', [service]);
      await test.addImprovement({
        id: 'i',
        service_id: service,
        external_id: '1',
      });
      await test.storeTicket({
        externalId: '1',
        state: 'done',
        closedAt: NOW + 10,
      });
      await test.addFinding({
        id: 'f',
        service_id: service,
        exercise_id: 'x',
        severity: 'high',
        retest_by: NOW + 100,
        improvement_id: 'i',
        lesson: 'Say so',
        tags: ['zone', 'dns'],
      });
      const stageOf = async (now = NOW + 50): Promise<FindingStage> =>
        (await queries.read('f', now))!.stage;
      expect(await stageOf()).toBe('retest-due');
      await test.addRetest({
        id: 'r1',
        finding_id: 'f',
        exercise_id: 'x',
        tested_at: NOW + 9,
        result: 'fixed',
      });
      expect(await stageOf()).toBe('retest-due');
      expect(await stageOf(NOW + 101)).toBe('retest-overdue');
      await test.addRetest({
        id: 'r2',
        finding_id: 'f',
        exercise_id: 'later',
        tested_at: NOW + 20,
        result: 'fixed',
      });
      expect(await queries.read('f', NOW + 50)).toEqual({
        id: 'f',
        version: 1,
        entityRef: 'component:default/payments',
        entityTitle: 'The payments',
        origin: {
          kind: 'game-day',
          id: 'x',
          title: 'Loss of a zone',
          itemId: null,
        },
        severity: 'high',
        text: 'Finding f',
        lesson: 'Say so',
        tags: ['dns', 'zone'],
        retestBy: '2026-03-01T12:00:00.100Z',
        stage: 'closed',
        improvement: {
          id: 'i',
          title: 'Improvement i',
          stage: 'evaluation-due',
          ticketKey: 'T-1',
          ticketUrl: null,
        },
        retests: [
          expect.objectContaining({ id: 'r2', title: 'Exercise later' }),
          {
            id: 'r1',
            kind: 'exercise',
            byId: 'x',
            title: 'Loss of a zone',
            testedAt: '2026-03-01T12:00:00.009Z',
            result: 'fixed',
            note: null,
            recordedBy: 'user:default/alice',
          },
        ],
        closedAt: '2026-03-01T12:00:00.020Z',
        createdBy: 'user:default/alice',
        createdAt: '2026-03-01T12:00:00.000Z',
        updatedBy: 'user:default/alice',
        updatedAt: '2026-03-01T12:00:00.000Z',
      });

      await test.storeTicket({
        externalId: '1',
        state: 'open',
        closedAt: null,
        updatedAt: NOW + 60,
      });
      expect(await queries.read('f', NOW + 70)).toMatchObject({
        stage: 'improving',
        closedAt: null,
        improvement: { stage: 'open' },
      });
    });

    it('shows those of an exercise, of services that are visible', async () => {
      const a = await test.addService('a');
      const b = await test.addService('b');
      await test.addExercise('x', [a, b]);
      await test.addExercise('y', [a]);
      await test.addFinding({ id: 'late', service_id: a, exercise_id: 'x' });
      await test.addFinding({
        id: 'early',
        service_id: a,
        exercise_id: 'x',
        created_at: NOW - 1,
      });
      await test.addFinding({ id: 'of-b', service_id: b, exercise_id: 'x' });
      await test.addFinding({ id: 'of-y', service_id: a, exercise_id: 'y' });
      const idsOfExercise = async (
        visible: Parameters<FindingQueries['ofExercise']>[1],
      ) => (await queries.ofExercise('x', visible, NOW)).map(({ id }) => id);
      expect(await idsOfExercise(ALL)).toEqual(['early', 'late', 'of-b']);
      const onlyA = {
        kind: 'only' as const,
        entityRefs: new Set(['component:default/a']),
      };
      expect(await idsOfExercise(onlyA)).toEqual(['early', 'late']);
      const page = await queries.list(query(), onlyA, NOW);
      expect(page.totalItems).toBe(3);
      expect(page.items.map(({ id }) => id)).not.toContain('of-b');
    });

    it.each<[Partial<FindingQuery>, string[]]>([
      [{ owner: ['Group:Default/A-Owners'] }, ['low', 'critical']],
      [{ owner: ['group:default/nobody'] }, []],
      [{ entityRef: ['Component:default/b'] }, ['of-b']],
      [{ exerciseId: ['x'] }, ['critical']],
      [{ exerciseId: ["' or 1 = 1 --\0"] }, []],
      [{ readinessTestId: ['run'] }, []],
      [{ severity: ['low', 'high'] }, ['of-b', 'low']],
      [{ sort: 'severity' }, ['critical', 'of-b', 'low']],
      [{ sort: 'retestBy' }, ['low', 'critical', 'of-b']],
      [{ sort: 'createdAt' }, ['critical', 'low', 'of-b']],
    ])('lists by %j', async (given, ids) => {
      const a = await test.addService('a');
      const b = await test.addService('b');
      await test.addExercise('x', [a]);
      await test.addFinding({
        id: 'critical',
        service_id: a,
        exercise_id: 'x',
        severity: 'critical',
        retest_by: NOW + 2,
      });
      await test.addFinding({
        id: 'low',
        service_id: a,
        severity: 'low',
        retest_by: NOW + 1,
      });
      await test.addFinding({ id: 'of-b', service_id: b, severity: 'high' });
      expect(await idsOf(given)).toEqual(ids);
    });

    it.each(findingQuerySchema.shape.sort.removeDefault().options)(
      'pages by %s through findings that are equal in that',
      async sort => {
        const service = await test.addService('payments');
        const ids = Array.from({ length: 7 }, (_, n) => `f${n}`);
        for (const [n, id] of ids.entries()) {
          await test.addFinding({
            id,
            service_id: service,
            created_at: NOW + Math.floor(n / 4),
            retest_by: n % 2 ? NOW + Math.floor(n / 4) : null,
            severity: n % 3 ? 'high' : 'low',
          });
        }
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await queries.list(
            query({ sort, limit: 2, cursor }),
            ALL,
            NOW,
          );
          seen.push(...page.items.map(({ id }) => id));
          expect(page.totalItems).toBe(7);
          cursor = page.nextCursor;
        } while (cursor);
        expect(seen).toEqual(await idsOf({ sort }));
        expect([...seen].sort()).toEqual(ids);
        await expect(
          queries.list(query({ sort, cursor: 'nonsense' }), ALL, NOW),
        ).rejects.toThrow('The cursor is not one that this list gave');
      },
    );

    it('pages fast through 10,000 findings of one service, by as many questions as through few', async () => {
      const service = await test.addService('payments', 'weekly');
      const asked: string[] = [];
      db.on('query', ({ sql }) => asked.push(sql));
      const all = async (given: Partial<FindingQuery>) => {
        asked.length = 0;
        const began = performance.now();
        const { items, totalItems } = await queries.list(
          query({ ...given, limit: 50 }),
          ALL,
          NOW,
        );
        return {
          ms: performance.now() - began,
          asked: asked.length,
          shown: items.length,
          totalItems,
        };
      };
      await test.addFinding({ id: 'first', service_id: service });
      const few = await all({});
      expect(few).toMatchObject({ asked: 4, shown: 1, totalItems: 1 });

      await test.addImprovement({
        id: 'i',
        service_id: service,
        external_id: '1',
      });
      await test.storeTicket({
        externalId: '1',
        state: 'done',
        closedAt: NOW - 5,
      });
      const { search_words: _words, ...row } = await db('findings').first();
      const rows = Array.from({ length: 9_999 }, (_, n) => ({
        ...row,
        sequence: row.sequence + n + 1,
        id: `f${n}`,
        submission_key: `f${n}`,
        created_at: NOW - n,
        severity_rank: n % 4,
        improvement_id: n % 2 ? 'i' : null,
      }));
      await db.batchInsert('findings', rows, 500);
      for (const given of [
        {},
        { entityRef: ['component:default/payments'] },
        { sort: 'severity' as const },
        { stage: ['open' as const] },
        { stage: ['retest-due' as const] },
      ]) {
        const page = await all(given);
        expect(page).toMatchObject({ asked: 4, shown: 50 });
        expect(page.totalItems).toBeGreaterThan(4_000);
        // Some 50 ms on an idle machine.
        expect(page.ms).toBeLessThan(2_000);
      }
      db.removeAllListeners('query');
    });
  },
);
