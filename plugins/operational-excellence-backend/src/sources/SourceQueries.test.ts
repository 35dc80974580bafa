import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  sourceListSchema,
  sourceProblemPageSchema,
  sourceProblemQuerySchema,
  sourceScopePageSchema,
  SourceScopeQuery,
  sourceScopeQuerySchema,
  unmappedServicePageSchema,
  UnmappedServiceQuery,
  unmappedServiceQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import {
  ANNOTATION_FAKE_PROJECT,
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { TicketSource } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  testExperiment,
  testTicket,
  TestStore,
} from '../database/__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TicketStore } from '../tickets';
import { Visibility } from '../visibility/Visibility';
import { SourceQueries } from './SourceQueries';
import { SourceRegistry } from './SourceRegistry';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.UTC(2026, 10, 1);
const HOUR_MS = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();

const all: Visibility = { kind: 'all' };
const only = (...names: string[]): Visibility => ({
  kind: 'only',
  entityRefs: new Set(names.map(name => `component:default/${name}`)),
});

describe.each(databases.eachSupportedId())(
  'SourceQueries on %s',
  databaseId => {
    const tickets: TicketSource = FakeTicketSource.create();
    const sources = SourceRegistry.create({
      ticketSources: [tickets],
      experimentSources: [FakeExperimentSource.create()],
      tolerance: HOUR_MS,
    });
    let db: Knex;
    let store: TestStore;
    let queries: SourceQueries;
    let logger: ReturnType<typeof mockServices.logger.mock>;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
      store = await TestStore.create(db);
      logger = mockServices.logger.mock();
      queries = SourceQueries.create({ db, logger, sources, now: () => NOW });
      tickets.suggestionsFor = undefined;
    });

    const addScope = async (
      key: string,
      columns: Record<string, unknown> = {},
    ) => {
      const id = await store.addScope({ key, sourceId: 'fake:tickets' });
      await db('scopes')
        .where({ id })
        .update({ ...columns, id });
      return id;
    };
    const fresh = { last_success_at: NOW - 1_000, next_run_at: NOW + 1_000 };
    const failing = {
      last_error: 'Down',
      last_error_at: NOW - 500,
      failing_since: NOW - 2_000,
      consecutive_failures: 3,
    };
    const list = async (visibility: Visibility = all) =>
      sourceListSchema.parse(await queries.list(visibility));
    const scopes = async (
      query: Partial<SourceScopeQuery> = {},
      visibility: Visibility = all,
    ) =>
      sourceScopePageSchema.parse(
        await queries.scopes(
          'fake:tickets',
          { ...sourceScopeQuerySchema.parse({}), ...query },
          visibility,
        ),
      );

    it('lists sources that have done nothing yet', async () => {
      expect(await list()).toEqual({
        asOf: iso(NOW),
        items: [
          {
            id: 'fake:tickets',
            kind: 'ticket',
            title: 'Fake tracker',
            health: 'never',
            scopes: { total: 0, ok: 0, failing: 0, stale: 0, never: 0 },
            annotations: [ANNOTATION_FAKE_PROJECT],
            rows: 0,
            services: 0,
            problems: 0,
            requests: { total: 0, since: null },
            rateLimit: null,
            checkedAt: null,
            nextRunAt: null,
            lastError: null,
          },
          expect.objectContaining({
            id: 'fake:experiments',
            kind: 'experiment',
            title: 'Fake experiments',
          }),
        ],
      });
    });

    it('sums up how the scopes of a source fare', async () => {
      await addScope('ok', fresh);
      await addScope('late', { ...fresh, last_success_at: NOW - HOUR_MS });
      await addScope('failing', {
        ...fresh,
        ...failing,
        next_run_at: NOW + 500,
      });
      await addScope('failing-2', {
        ...fresh,
        ...failing,
        last_error: 'Gone',
        last_error_at: NOW - 400,
      });
      const stale = {
        ...fresh,
        ...failing,
        last_success_at: NOW - HOUR_MS - 1,
      };
      await addScope('stale', { ...stale, last_error_at: NOW - 9_000 });
      await addScope('resting', { active: false, next_run_at: 1 });

      const [source] = (await list()).items;
      expect(source).toMatchObject({
        health: 'stale',
        scopes: { total: 5, ok: 2, failing: 2, stale: 1, never: 0 },
        checkedAt: iso(NOW - HOUR_MS - 1),
        nextRunAt: iso(NOW + 500),
        lastError: {
          scope: 'Scope failing-2',
          message: 'Gone',
          at: iso(NOW - 400),
          since: iso(NOW - 2_000),
        },
      });
    });

    it('knows no instant of the last answer while a scope never answered', async () => {
      await addScope('ok', fresh);
      await addScope('new');
      const [source] = (await list()).items;
      expect(source).toMatchObject({
        health: 'never',
        scopes: { total: 2, ok: 1, failing: 0, stale: 0, never: 1 },
        checkedAt: null,
        // It was due long ago, and so runs as soon as there is room.
        nextRunAt: iso(NOW),
        lastError: null,
      });
    });

    it('counts rows, and services as far as they are visible', async () => {
      const scopeId = await addScope('acme', { ...fresh, rows_total: 2 });
      const otherScopeId = await addScope('other', fresh);
      const experimentScopeId = await store.addScope({
        key: 'account',
        sourceId: 'fake:experiments',
        kind: 'experiment',
      });
      await db('scopes')
        .where({ id: experimentScopeId })
        .update({ rows_total: 1 });
      const named = await store.addService({ name: 'named' });
      await store.nameScope(named, scopeId);
      await store.nameScope(named, otherScopeId);
      const implicit = await store.addService({ name: 'implicit' });
      await store.nameScope(implicit, scopeId, {
        container: 'mine',
        implicit: true,
      });
      const idle = await store.addService({ name: 'idle' });
      await store.nameScope(idle, scopeId, {
        container: 'empty',
        implicit: true,
      });
      const gone = await store.addService({ name: 'gone', removedAt: 1 });
      await store.nameScope(gone, scopeId);
      await db.transaction(tx =>
        TicketStore.create().storePage(tx, {
          sourceId: 'fake:tickets',
          scopeId,
          tickets: [
            testTicket({ externalId: '1' }),
            testTicket({ externalId: '2', container: 'mine' }),
          ],
        }),
      );
      await db.transaction(tx =>
        ExperimentStore.create().storePage(tx, {
          sourceId: 'fake:experiments',
          scopeId: experimentScopeId,
          experiments: [
            testExperiment({
              externalId: 'E1',
              entityRefs: ['component:default/named'],
            }),
          ],
        }),
      );

      const countsFor = async (visibility: Visibility) =>
        (await list(visibility)).items.map(({ rows, services }) => ({
          rows,
          services,
        }));
      expect(await countsFor(all)).toEqual([
        { rows: 2, services: 2 },
        { rows: 1, services: 1 },
      ]);
      expect(await countsFor(only('implicit', 'idle', 'gone'))).toEqual([
        { rows: 2, services: 1 },
        { rows: 1, services: 0 },
      ]);
      expect(await countsFor(only())).toEqual([
        { rows: 2, services: 0 },
        { rows: 1, services: 0 },
      ]);

      const perScope = async (visibility: Visibility) =>
        (await scopes({}, visibility)).items.map(({ key, rows, services }) => [
          key,
          rows,
          services,
        ]);
      expect(await perScope(all)).toEqual([
        ['acme', 2, 2],
        ['other', 0, 1],
      ]);
      expect(await perScope(only('implicit'))).toEqual([
        ['acme', 2, 1],
        ['other', 0, 0],
      ]);
    });

    it('tells how a scope fares', async () => {
      await addScope('a', { ...fresh, claimed_until: NOW + 1 });
      await addScope('b', {
        ...fresh,
        ...failing,
        claimed_until: NOW - 1,
        url: 'https://tracker.example.com/b',
      });
      const nothing = {
        problems: 0,
        containers: { total: 0, unread: 0, missing: 0 },
        requests: { total: 0, since: null },
        rateLimit: null,
      };
      await addScope('resting', { active: false });
      expect(await scopes()).toEqual({
        totalItems: 2,
        asOf: iso(NOW),
        items: [
          {
            key: 'a',
            title: 'Scope a',
            health: 'ok',
            url: null,
            running: true,
            rows: 0,
            services: 0,
            ...nothing,
            checkedAt: iso(NOW - 1_000),
            nextRunAt: null,
            lastError: null,
            failingSince: null,
            consecutiveFailures: 0,
          },
          {
            key: 'b',
            title: 'Scope b',
            health: 'failing',
            url: 'https://tracker.example.com/b',
            running: false,
            rows: 0,
            services: 0,
            ...nothing,
            checkedAt: iso(NOW - 1_000),
            nextRunAt: iso(NOW + 1_000),
            lastError: 'Down',
            failingSince: iso(NOW - 2_000),
            consecutiveFailures: 3,
          },
        ],
      });
    });

    it('pages through scopes in the order of their keys', async () => {
      const keys = ['Z/1', 'a/10', 'a/2', 'b', 'ä', '_'];
      for (const key of keys) await addScope(key, fresh);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await scopes({ limit: 2, cursor });
        expect(page.totalItems).toBe(6);
        seen.push(...page.items.map(({ key }) => key));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(['Z/1', '_', 'a/10', 'a/2', 'b', 'ä']);
    });

    it('finds scopes by health, key and title', async () => {
      await addScope('acme/pay_ments', fresh);
      await addScope('acme/payXments', { ...fresh, ...failing });
      await addScope('acme/shop');
      await db('scopes')
        .where({ key: 'acme/shop' })
        .update({ title: '100% Shop' });
      const found = async (query: Partial<SourceScopeQuery>) => {
        const { items, totalItems } = await scopes(query);
        expect(totalItems).toBe(items.length);
        return items.map(({ key }) => key);
      };
      expect(await found({ q: 'PAY_m' })).toEqual(['acme/pay_ments']);
      expect(await found({ q: '100% s' })).toEqual(['acme/shop']);
      expect(await found({ q: '\\' })).toEqual([]);
      expect(await found({ health: ['failing', 'never'] })).toEqual([
        'acme/payXments',
        'acme/shop',
      ]);
      expect(await found({ health: ['failing'], q: 'shop' })).toEqual([]);
    });

    it('sums up requests, and shows the rate limit that leaves the least', async () => {
      const noted = (remaining: number, columns: object) => ({
        ...fresh,
        rate_remaining: remaining,
        rate_limit: 5_000,
        rate_resets_at: NOW + HOUR_MS,
        rate_noted_at: NOW - 1_000,
        ...columns,
      });
      await addScope('a', noted(4_000, { requests_total: 7 }));
      await addScope(
        'b',
        noted(3_000, {
          requests_total: 5,
          requests_since: NOW - 9_000,
          rate_noted_at: NOW - 500,
        }),
      );
      await addScope('reset', noted(1, { rate_resets_at: NOW }));
      await addScope(
        'old',
        noted(2, { rate_resets_at: null, rate_noted_at: NOW - HOUR_MS }),
      );
      await addScope('resting', noted(3, { active: false, requests_total: 2 }));
      await addScope(
        'unsaid',
        noted(3_500, { rate_limit: null, rate_resets_at: null }),
      );

      const [source] = (await list()).items;
      expect(source).toMatchObject({
        requests: { total: 14, since: iso(NOW - 9_000) },
        rateLimit: {
          remaining: 3_000,
          limit: 5_000,
          resetsAt: iso(NOW + HOUR_MS),
          at: iso(NOW - 500),
        },
      });
      const perScope = (await scopes()).items.map(item => [
        item.key,
        item.rateLimit?.remaining,
        item.requests,
      ]);
      expect(perScope).toEqual([
        ['a', 4_000, { total: 7, since: null }],
        ['b', 3_000, { total: 5, since: iso(NOW - 9_000) }],
        ['old', undefined, { total: 0, since: null }],
        ['reset', undefined, { total: 0, since: null }],
        ['unsaid', 3_500, { total: 0, since: null }],
      ]);
      expect((await scopes({ q: 'unsaid' })).items[0].rateLimit).toEqual({
        remaining: 3_500,
        limit: null,
        resetsAt: null,
        at: iso(NOW - 1_000),
      });
    });

    describe('problems', () => {
      const problems = async (
        query: { limit?: number; cursor?: string } = {},
        visibility: Visibility = all,
      ) =>
        sourceProblemPageSchema.parse(
          await queries.problems(
            'fake:tickets',
            { ...sourceProblemQuerySchema.parse({}), ...query },
            visibility,
          ),
        );

      /** Services that name things in one scope, of which some are missing. */
      async function addProblems() {
        const scopeId = await addScope('batch', fresh);
        const add = async (name: string, container: string, rest = {}) => {
          const id = await store.addService({ name, owners: ['group:x/y'] });
          await db('services')
            .where({ id })
            .update({
              annotations: JSON.stringify({
                [ANNOTATION_FAKE_PROJECT]: `OPS, ${container}`,
              }),
            });
          await store.nameScope(id, scopeId, { container, ...rest });
          return id;
        };
        await add('good', 'PAY');
        // By two ways, and once all the same.
        const bad = await add('bad', 'PAX', { allOf: ['component:a'] });
        await store.nameScope(bad, scopeId, { container: 'PAX' });
        await add('worse', 'PAX');
        await add('unread', 'NEW', { covered: false });
        await add('implied', 'GONE', { implicit: true });
        const malformed = await add('malformed', 'PAY');
        await db('service_problems').insert({
          service_id: malformed,
          source_id: 'fake:tickets',
          measure: 'backlog',
          message: 'Expected a project',
        });
        await db('scope_containers')
          .whereIn('container', ['PAX', 'GONE'])
          .update({
            covered_at: null,
            missing_message: 'There is no such project',
            missing_suggestion: 'PAY',
            missing_since: NOW - 5_000,
          });
      }

      it('are what services name that does not exist or cannot be read', async () => {
        await addProblems();
        const bad = {
          ownerRef: 'group:x/y',
          kind: 'missing',
          scope: 'Scope batch',
          container: 'PAX',
          message: 'There is no such project',
          since: iso(NOW - 5_000),
          meant: 'PAY',
          suggestion: {
            annotation: ANNOTATION_FAKE_PROJECT,
            value: 'OPS, PAY',
          },
        };
        expect(await problems()).toEqual({
          totalItems: 3,
          asOf: iso(NOW),
          items: [
            { ...bad, entityRef: 'component:default/bad', title: 'bad' },
            {
              entityRef: 'component:default/malformed',
              title: 'malformed',
              ownerRef: 'group:x/y',
              kind: 'malformed',
              scope: null,
              container: null,
              message: 'Expected a project',
              since: null,
              meant: null,
              suggestion: null,
            },
            { ...bad, entityRef: 'component:default/worse', title: 'worse' },
          ],
        });
        expect((await list()).items.map(item => item.problems)).toEqual([3, 0]);
        expect((await scopes()).items).toMatchObject([
          { problems: 2, containers: { total: 4, unread: 1, missing: 2 } },
        ]);
      });

      it('are shown and counted of visible services only', async () => {
        await addProblems();
        const visible = only('worse', 'good');
        expect(await problems({}, visible)).toMatchObject({
          totalItems: 1,
          items: [{ title: 'worse' }],
        });
        const [source] = (await list(visible)).items;
        expect(source.problems).toBe(1);
        expect((await scopes({}, visible)).items[0].problems).toBe(1);
      });

      it('come page by page', async () => {
        await addProblems();
        const first = await problems({ limit: 2 });
        expect(first.items.map(item => item.title)).toEqual([
          'bad',
          'malformed',
        ]);
        const second = await problems({ limit: 2, cursor: first.nextCursor });
        expect(second.items.map(item => item.title)).toEqual(['worse']);
        expect(second.nextCursor).toBeUndefined();
        await expect(problems({ cursor: 'nonsense' })).rejects.toThrow(
          'does not belong to a list of problems',
        );
      });

      it('are none of scopes that rest, or of services that are gone', async () => {
        await addProblems();
        await db('services').where({ title: 'bad' }).update({ removed_at: 1 });
        expect((await problems()).items.map(item => item.title)).toEqual([
          'malformed',
          'worse',
        ]);
        await db('scopes').update({ active: false });
        expect((await problems()).items.map(item => item.title)).toEqual([
          'malformed',
        ]);
      });

      it('are not told of sources that are not connected', async () => {
        const query = sourceProblemQuerySchema.parse({});
        expect(await queries.problems('gone', query, all)).toBeUndefined();
      });
    });

    describe('unmapped services', () => {
      const unmapped = async (
        query: Partial<UnmappedServiceQuery> = {},
        visibility: Visibility = all,
      ) =>
        unmappedServicePageSchema.parse(
          await queries.unmapped(
            { ...unmappedServiceQuerySchema.parse({}), ...query },
            visibility,
          ),
        );
      const titles = async (...args: Parameters<typeof unmapped>) => {
        const { items, totalItems } = await unmapped(...args);
        expect(totalItems).toBe(items.length);
        return items.map(({ title }) => title);
      };

      /** Services that name a tracker, experiments, both or nothing. */
      async function addServices() {
        const scopeId = await addScope('acme', fresh);
        const add = (name: string) => store.addService({ name });
        const [tracked, idle, exercised, tagged, malformed, lost, gone] = [
          await add('tracked'),
          await add('idle'),
          await add('exercised'),
          await add('tagged'),
          await add('malformed'),
          await add('lo_st'),
          await store.addService({ name: 'gone', removedAt: 1 }),
        ];
        await store.nameScope(tracked, scopeId);
        await store.nameScope(idle, scopeId, {
          container: 'idle',
          implicit: true,
        });
        await db('experiment_matchers').insert({
          service_id: exercised,
          source_id: 'fake:experiments',
          lookup: 'template:EXT1',
          tags: '{}',
        });
        await db('service_problems').insert(
          ['backlog', 'gameDay'].map((measure, n) => ({
            service_id: malformed,
            source_id: `source-${n}`,
            measure,
            message: 'Unreadable',
          })),
        );
        await db.transaction(tx =>
          ExperimentStore.create().storePage(tx, {
            sourceId: 'fake:experiments',
            scopeId,
            experiments: [
              testExperiment({
                externalId: 'E1',
                entityRefs: ['component:default/tagged'],
              }),
            ],
          }),
        );
        await store.recompute([
          tracked,
          idle,
          exercised,
          tagged,
          malformed,
          lost,
          gone,
        ]);
      }

      it('name no tracker, or no experiments', async () => {
        await addServices();
        expect(await titles()).toEqual([
          'exercised',
          'idle',
          'lo_st',
          'tagged',
        ]);
        expect(await titles({ kind: 'experiment' })).toEqual([
          'idle',
          'lo_st',
          'tracked',
        ]);
      });

      it('are found by text, and shown and counted where visible', async () => {
        await addServices();
        expect(await titles({ q: 'LO_S' })).toEqual(['lo_st']);
        expect(await titles({ q: '\0' })).toEqual([]);
        expect(await titles({}, only('idle', 'tracked', 'gone'))).toEqual([
          'idle',
        ]);
        expect(await titles({}, only())).toEqual([]);
      });

      it('come page by page', async () => {
        await addServices();
        const first = await unmapped({ limit: 3 });
        expect(first.totalItems).toBe(4);
        const second = await unmapped({ limit: 3, cursor: first.nextCursor });
        expect(
          [...first.items, ...second.items].map(item => item.title),
        ).toEqual(['exercised', 'idle', 'lo_st', 'tagged']);
        expect(second.nextCursor).toBeUndefined();
        await expect(unmapped({ cursor: 'nonsense' })).rejects.toThrow(
          'does not belong to a list of unmapped services',
        );
      });

      it('come with what sources suggest', async () => {
        const id = await store.addService({ name: 'mail' });
        await db('services')
          .where({ id })
          .update({ annotations: JSON.stringify({ from: 'acme/mail' }) });
        await store.recompute([id]);
        tickets.suggestionsFor = ({ annotations }) =>
          [1, 2, 3, 4].map(n => ({
            annotation: ANNOTATION_FAKE_PROJECT,
            value: `${annotations.from}-${n}`,
          }));
        const [{ suggestions }] = (await unmapped()).items;
        expect(suggestions).toEqual(
          [1, 2, 3].map(n => ({
            annotation: ANNOTATION_FAKE_PROJECT,
            value: `acme/mail-${n}`,
            sourceId: 'fake:tickets',
            source: 'Fake tracker',
          })),
        );
        const [experiments] = (await unmapped({ kind: 'experiment' })).items;
        expect(experiments.suggestions).toEqual([]);
      });

      it('are listed even where a source cannot suggest anything', async () => {
        await addServices();
        tickets.suggestionsFor = () => {
          throw new Error('Broken');
        };
        expect(await titles()).toHaveLength(4);
        expect(logger.error.mock.calls).toEqual([
          [
            'The source fake:tickets failed to suggest what component:default/exercised could name: Broken',
          ],
        ]);
      });
    });

    it('has no scopes of sources that are not connected', async () => {
      await store.addScope({ key: 'x', sourceId: 'tracker:gone' });
      expect(
        await queries.scopes(
          'tracker:gone',
          sourceScopeQuerySchema.parse({}),
          all,
        ),
      ).toBeUndefined();
    });

    it.each(['nonsense', '%%%', Buffer.from('[1]').toString('base64url')])(
      'refuses the cursor %s',
      async cursor => {
        await expect(scopes({ cursor })).rejects.toThrow(
          expect.objectContaining({
            name: 'InputError',
            message: expect.stringContaining('leave it out'),
          }),
        );
      },
    );
  },
);
