import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  DAY_MS,
  MEASURES,
  Policy,
  policyPreviewServiceQuerySchema,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import {
  TestOrganisation,
  TestOrganisationOptions,
  TestService,
} from './__testUtils__/TestOrganisation';
import { PolicyQueries } from './PolicyQueries';
import { removePreviews, UpcomingPreviews } from './previews';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.parse('2026-07-01T00:00:00Z');
const ALL = { kind: 'all' } as const;

const age = fc.integer({ min: 0, max: 45 });

const service: fc.Arbitrary<TestService> = fc.record(
  {
    tier: fc.constantFrom('1' as const, '2' as const),
    lifecycle: fc.constantFrom('production' as const, 'experimental' as const),
    project: fc.constantFrom('north' as const, 'south' as const),
    templates: fc.constantFrom('readable' as const, 'malformed' as const),
    openImprovements: fc.array(age, { maxLength: 2 }),
    experiments: fc.array(age, { maxLength: 2 }),
    exercises: fc.array(
      fc.record({
        kind: fc.constantFrom(
          'game-day' as const,
          'tabletop' as const,
          'pre-mortem' as const,
        ),
        age,
      }),
      { maxLength: 2 },
    ),
    readinessTests: fc.array(
      fc.record({
        template: fc.constantFrom('a' as const, 'b' as const),
        verdict: fc.constantFrom(
          'pass' as const,
          'conditional' as const,
          'fail' as const,
        ),
        age,
        validFor: fc.option(fc.integer({ min: -5, max: 20 })),
      }),
      { maxLength: 3 },
    ),
    waivers: fc.array(
      fc.record({
        measure: fc.constantFrom(...MEASURES),
        endsIn: fc.constantFrom(-1, 5),
      }),
      { maxLength: 1 },
    ),
  },
  {
    requiredKeys: [
      'openImprovements',
      'experiments',
      'exercises',
      'readinessTests',
      'waivers',
    ],
  },
);

const freshness = fc.constantFrom(
  'fresh' as const,
  'fresh' as const,
  'silent' as const,
  'never' as const,
);

const organisation: fc.Arbitrary<TestOrganisationOptions> = fc.record({
  services: fc.array(service, { minLength: 3, maxLength: 6 }),
  hasExperimentSource: fc.boolean(),
  freshness: fc.record({
    north: freshness,
    south: freshness,
    experiments: freshness,
  }),
});

const every = fc.constantFrom('P10D', 'P20D', 'P40D');
const warnBefore = fc.constantFrom('P1D', 'P10D');

const thresholds: fc.Arbitrary<JsonObject> = fc.record(
  {
    backlog: fc.record({ maxAge: every, warnBefore }),
    gameDay: fc.record({
      every,
      warnBefore,
      counts: fc.subarray(['experiment', 'game-day', 'tabletop'], {
        minLength: 1,
      }),
    }),
    readinessTest: fc.record({
      every,
      warnBefore,
      templates: fc.subarray(['a', 'b'], { minLength: 1 }),
    }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

const match: fc.Arbitrary<JsonObject> = fc.constantFrom<JsonObject>(
  { 'metadata.labels.tier': '1' },
  { 'metadata.labels.tier': { $in: ['1', '2'] } },
  { $not: { 'spec.lifecycle': 'production' } },
  { $all: [{ kind: 'Component' }, { 'spec.lifecycle': 'production' }] },
  { 'metadata.name': { $hasPrefix: 's1' } },
);

/** Of up to three ids, so that the same one can mean something else. */
const policies: fc.Arbitrary<JsonObject[]> = fc
  .tuple(
    fc.array(fc.record({ match, rest: thresholds }), { maxLength: 2 }),
    fc.option(thresholds),
  )
  .map(([some, last]) => {
    const all: JsonObject[] = some.map(({ match: of, rest }, n) => ({
      id: `p${n}`,
      match: of,
      ...rest,
    }));
    if (last || !all.length) all.push({ id: 'rest', ...last });
    return all;
  });

const parsed = (given: JsonObject[]): Policy[] =>
  given.map(each => policySchema.parse(each));

const STRICT = [{ id: 'strict', gameDay: { every: 'P10D' } }];
const LENIENT = [{ id: 'lenient' }];

/** A service of which next to nothing is known. */
const PLAIN: TestService = {
  openImprovements: [],
  experiments: [],
  exercises: [],
  readinessTests: [],
  waivers: [],
};

describe.each(databases.eachSupportedId())(
  'policy previews on %s',
  databaseId => {
    let db: Knex;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    async function services(count: number, given: JsonObject[] = STRICT) {
      return TestOrganisation.create(db, {
        services: Array(count).fill(PLAIN),
        hasExperimentSource: false,
        freshness: { north: 'fresh', south: 'fresh', experiments: 'fresh' },
        now: NOW,
        policies: given,
      });
    }

    const preview = (given: JsonObject[]) => ({
      policies: parsed(given),
      createdBy: 'user:default/alice',
      createdAt: NOW,
      upcoming: null,
    });

    it('tell what happens when the policies are applied', async () => {
      await fc.assert(
        fc.asyncProperty(
          organisation,
          policies,
          policies,
          fc.integer({ min: 1, max: 4 }),
          async (given, present, other, batchSize) => {
            const world = await TestOrganisation.create(db, {
              ...given,
              now: NOW,
              policies: present,
            });
            const { runner, store } = world.previews({ batchSize });
            const { id } = await store.add(preview(other));
            await runner.run();
            const told = (await store.read(id))!;
            const queries = PolicyQueries.create({
              db,
              policies: [],
              upcoming: UpcomingPreviews.create({
                policies: [],
                renewAfterMs: 1,
                store,
              }),
            });
            const { items, totalItems } = await queries.services(
              id,
              policyPreviewServiceQuerySchema.parse({}),
              ALL,
            );

            const before = await world.states();
            const { status } = await world.apply(other);
            const after = await world.states();

            const expected = [...before].flatMap(([entityRef, from]) => {
              const to = after.get(entityRef)!;
              const moved = (of: 'service' | (typeof MEASURES)[number]) => ({
                from: from[of],
                to: to[of],
              });
              const states = {
                service: moved('service'),
                backlog: moved('backlog'),
                gameDay: moved('gameDay'),
                readinessTest: moved('readinessTest'),
              };
              return Object.values(states).some(each => each.from !== each.to)
                ? [
                    {
                      entityRef,
                      title: entityRef.split('/')[1],
                      policyBefore: from.policy,
                      policyAfter: to.policy,
                      ...states,
                    },
                  ]
                : [];
            });
            expect(items).toEqual(expected);
            expect(told).toMatchObject({
              state: 'done',
              services: given.services.length,
              changed: expected.length,
            });
            expect(totalItems).toBe(expected.length);
            const counted = told.changes.reduce(
              (n, each) => n + each.services,
              0,
            );
            expect(counted).toBe(
              expected.flatMap(
                ({ backlog, gameDay, readinessTest, service: of }) =>
                  [backlog, gameDay, readinessTest, of].filter(
                    each => each.from !== each.to,
                  ),
              ).length,
            );

            // What was written for the policies alone is what follows from all.
            const written = await db('service_status').orderBy('service_id');
            const owned = await db('owned_services').orderBy('service_id');
            await status.recomputeAll(db);
            expect(await db('service_status').orderBy('service_id')).toEqual(
              written,
            );
            expect(await db('owned_services').orderBy('service_id')).toEqual(
              owned,
            );
          },
        ),
        { numRuns: 40 },
      );
    }, 240_000);

    it('are gone on with where a process died', async () => {
      const world = await services(7);
      const first = world.previews({ batchSize: 2 });
      const { id } = await first.store.add(preview(LENIENT));
      // It dies after its second batch, and its claim runs out.
      const storeBatch = first.store.storeBatch.bind(first.store);
      let batches = 0;
      jest
        .spyOn(first.store, 'storeBatch')
        .mockImplementation(async (...args) => {
          batches += 1;
          if (batches === 3) await new Promise(() => {});
          return storeBatch(...args);
        });
      first.runner.wake();
      while (batches < 3) {
        await new Promise(resolve => {
          setTimeout(resolve, 5);
        });
      }
      const second = world.previews({ batchSize: 2 });
      await second.runner.run();
      expect(await second.store.read(id)).toMatchObject({
        state: 'running',
        services: 4,
      });

      await db('policy_previews').where({ id }).update({ claimed_until: 1 });
      const again = jest.spyOn(second.store, 'storeBatch');
      await second.runner.run();
      expect(again).toHaveBeenCalledTimes(2);
      expect(await second.store.read(id)).toMatchObject({
        state: 'done',
        services: 7,
        changed: 7,
        changes: [
          { measure: 'gameDay', to: 'not-required', services: 7 },
          { measure: null, to: 'not-required', services: 7 },
        ],
      });
      expect(
        await db('policy_preview_services').where({ preview_id: id }),
      ).toHaveLength(7);
    });

    it('are worked on by one replica at a time', async () => {
      const world = await services(20);
      const replicas = [1, 2, 3].map(() => world.previews({ batchSize: 3 }));
      const [{ store }] = replicas;
      const ids = [
        (await store.add(preview(LENIENT))).id,
        (await store.add(preview(STRICT))).id,
      ];
      await Promise.all(replicas.map(({ runner }) => runner.run()));
      expect(await Promise.all(ids.map(id => store.read(id)))).toMatchObject([
        { state: 'done', services: 20, changed: 20 },
        { state: 'done', services: 20, changed: 0, changes: [] },
      ]);
    });

    it('leave what another replica has taken over', async () => {
      const world = await services(4);
      const { logger, runner, store } = world.previews({ batchSize: 2 });
      const { id } = await store.add(preview(LENIENT));
      const storeBatch = store.storeBatch.bind(store);
      jest
        .spyOn(store, 'storeBatch')
        .mockImplementationOnce(async (...args) => {
          await db('policy_previews')
            .where({ id })
            .update({
              claim_token: 'other',
              claimed_until: Date.now() + 60_000,
            });
          return storeBatch(...args);
        });
      await runner.run();
      expect(logger.info).toHaveBeenCalledWith(
        `The policy preview ${id} was taken over or removed`,
      );
      expect(await store.read(id)).toMatchObject({
        state: 'running',
        services: 0,
      });
      expect(await db('policy_preview_services').select()).toEqual([]);
    });

    it('are tried again while the catalog does not answer, and then fail', async () => {
      const world = await services(3);
      const { logger, runner, store } = world.previews({ retryMs: 0 });
      const byTier = [{ id: 'a', match: { 'metadata.labels.tier': '1' } }];
      const broken = jest
        .spyOn(world.catalog.service, 'getEntitiesByRefs')
        .mockRejectedValue(new Error('The catalog is down'));
      const { id } = await store.add(preview(byTier));
      await runner.run();
      expect(broken).toHaveBeenCalledTimes(5);
      expect(await store.read(id)).toMatchObject({
        state: 'failed',
        problem:
          'The entities of services could not be read from the catalog: The catalog is down; start the preview once more when the catalog answers',
      });
      expect(logger.warn).toHaveBeenLastCalledWith(
        `The policy preview ${id} failed: The catalog is down`,
      );

      broken.mockReset();
      broken.mockRejectedValueOnce(new Error('For a moment'));
      broken.mockImplementation(async ({ entityRefs }) => ({
        items: entityRefs.map(() => ({
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'any' },
        })),
      }));
      const next = await store.add(preview(byTier));
      await runner.run();
      expect(await store.read(next.id)).toMatchObject({
        state: 'done',
        services: 3,
      });
    });

    it('fail where they kill the process again and again', async () => {
      const world = await services(1);
      const { runner, store } = world.previews();
      const { id } = await store.add(preview(LENIENT));
      for (let n = 0; n < 5; n++) {
        expect(await store.claim()).toMatchObject({ id });
        await db('policy_previews').where({ id }).update({ claimed_until: 1 });
      }
      await runner.run();
      expect(await store.read(id)).toMatchObject({
        state: 'failed',
        problem: expect.stringMatching(/^Working it out was begun 5 times/),
      });
    });

    it('leave out services that the catalog no longer has', async () => {
      const world = await services(3);
      const { runner, store } = world.previews();
      world.catalog.entities.pop();
      const { id } = await store.add(
        preview([{ id: 'a', match: { kind: 'Component' } }]),
      );
      await runner.run();
      expect(await store.read(id)).toMatchObject({ services: 2, changed: 2 });
    });

    it('end with the batch under way when the backend stops', async () => {
      const world = await services(6);
      const { runner, store } = world.previews({ batchSize: 2 });
      const { id } = await store.add(preview(LENIENT));
      const storeBatch = store.storeBatch.bind(store);
      jest
        .spyOn(store, 'storeBatch')
        .mockImplementationOnce(async (...args) => {
          const stored = await storeBatch(...args);
          runner.stop().catch(() => undefined);
          return stored;
        });
      await runner.run();
      expect(await store.read(id)).toMatchObject({
        state: 'running',
        services: 2,
      });
      await world.previews().runner.run();
      expect(await store.read(id)).toMatchObject({
        state: 'done',
        services: 6,
      });
    });

    it('of upcoming policies are made by themselves, and anew after a while', async () => {
      const soon = {
        id: 'soon',
        match: { kind: 'Component' },
        enforceFrom: '2026-08-01',
        gameDay: { every: 'P10D' },
      };
      const later = { id: 'later', enforceFrom: '2026-09-01' };
      const all = [soon, later, { id: 'rest' }];
      const world = await services(2, all);
      const { runner, store } = world.previews();
      const upcoming = UpcomingPreviews.create({
        policies: parsed(all),
        renewAfterMs: DAY_MS,
        store,
      });
      const previews = () => db('policy_previews').whereNull('removed_at');

      await upcoming.renew(NOW);
      await upcoming.renew(NOW + DAY_MS - 1);
      expect(await previews()).toHaveLength(2);
      const [first, second] = await Promise.all(
        ['2026-08-01', '2026-09-01'].map(day => upcoming.idFor(day)),
      );
      await runner.run();
      // What applies on the day includes what began to apply before it.
      expect(await store.read(first!)).toMatchObject({
        policies: [{ id: 'soon' }, { id: 'rest' }],
        changed: 2,
      });
      expect(await store.read(second!)).toMatchObject({
        policies: [{ id: 'soon' }, { id: 'later' }, { id: 'rest' }],
      });

      // The old one is shown until there is a new one.
      await upcoming.renew(NOW + 2 * DAY_MS);
      expect(await upcoming.idFor('2026-08-01')).toBe(first);
      await runner.run();
      const renewed = await upcoming.idFor('2026-08-01');
      expect(renewed).not.toBe(first);
      await removePreviews(db, { madeBefore: 0, now: NOW });
      expect(await store.read(first!)).toBeUndefined();
      expect(await db('policy_previews').select()).toHaveLength(2);

      // Of policies that apply there is none.
      await upcoming.renew(Date.parse('2026-09-01'));
      expect(await previews()).toHaveLength(2);
    });

    it('of upcoming policies that failed are made anew sooner', async () => {
      const all = [{ id: 'soon', enforceFrom: '2026-08-01' }, { id: 'rest' }];
      const { store } = (await services(1, all)).previews();
      const upcoming = UpcomingPreviews.create({
        policies: parsed(all),
        renewAfterMs: DAY_MS,
        retryAfterMs: 1_000,
        store,
      });
      const states = () =>
        db('policy_previews').orderBy('created_at').pluck('state');
      await upcoming.renew(NOW);
      await store.fail((await store.claim())!, { problem: 'No catalog' });
      await upcoming.renew(NOW + 999);
      expect(await states()).toEqual(['failed']);
      await upcoming.renew(NOW + 1_000);
      await upcoming.renew(NOW + 2_000);
      expect(await states()).toEqual(['failed', 'running']);
    });

    it('are removed when they are old', async () => {
      const world = await services(3);
      const { runner, store } = world.previews();
      const old = await store.add({ ...preview(LENIENT), createdAt: NOW - 2 });
      const young = await store.add(preview(LENIENT));
      await runner.run();
      await removePreviews(db, { madeBefore: NOW - 1, now: NOW });
      expect(await db('policy_previews').pluck('id')).toEqual([young.id]);
      expect(
        await db('policy_preview_services').distinct().pluck('preview_id'),
      ).toEqual([young.id]);
      expect(await store.read(old.id)).toBeUndefined();
    });
  },
);
