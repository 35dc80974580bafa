import { TestDatabases } from '@backstage/backend-test-utils';
import {
  sourceListSchema,
  sourceScopePageSchema,
  SourceScopeQuery,
  sourceScopeQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import {
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
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
    const sources = SourceRegistry.create({
      ticketSources: [FakeTicketSource.create()],
      experimentSources: [FakeExperimentSource.create()],
      tolerance: HOUR_MS,
    });
    let db: Knex;
    let store: TestStore;
    let queries: SourceQueries;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
      store = await TestStore.create(db);
      queries = SourceQueries.create({ db, sources, now: () => NOW });
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
            rows: 0,
            services: 0,
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
      const scopeId = await addScope('acme', fresh);
      const otherScopeId = await addScope('other', fresh);
      const experimentScopeId = await store.addScope({
        key: 'account',
        sourceId: 'fake:experiments',
        kind: 'experiment',
      });
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
      await addScope('b', { ...fresh, ...failing, claimed_until: NOW - 1 });
      await addScope('resting', { active: false });
      expect(await scopes()).toEqual({
        totalItems: 2,
        asOf: iso(NOW),
        items: [
          {
            key: 'a',
            title: 'Scope a',
            health: 'ok',
            running: true,
            rows: 0,
            services: 0,
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
            running: false,
            rows: 0,
            services: 0,
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
