import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ExperimentScope,
  ExperimentSource,
  ExperimentTemplate,
  GuardrailsPage,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { FakeExperimentSource } from 'backstage-plugin-operational-excellence-node/testUtils';
import { Knex } from 'knex';
import { testExperiment, TestStore } from '../database/__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
import { tagLookup, templateLookup } from '../experiments/lookups';
import { ServiceQueries } from '../services';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TestSync } from '../sync/__testUtils__/TestSync';
import { GuardrailQueries } from './GuardrailQueries';
import { GuardrailStore } from './GuardrailStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const sourceId = 'fis';
const NOW = Date.parse('2026-07-01T08:00:00Z');
const all = { kind: 'all' } as const;
const only = (...refs: string[]) =>
  ({ kind: 'only', entityRefs: new Set(refs) } as const);

function template(
  externalId: string,
  more: Partial<ExperimentTemplate> = {},
): ExperimentTemplate {
  return {
    externalId,
    title: `Template ${externalId}`,
    url: null,
    accountId: '123456789012',
    region: 'eu-west-1',
    revision: '1',
    stopConditions: [{ source: 'alarm', value: 'errors' }],
    logConfigured: true,
    tags: {},
    entityRefs: [],
    ...more,
  };
}

/** Experiments with guardrails that a test tells, page by page. */
function guardedSource() {
  const told = {
    pages: async function* none(): AsyncIterable<GuardrailsPage> {},
    known: [] as string[],
  };
  const source: ExperimentSource = Object.assign(
    FakeExperimentSource.create({ id: sourceId }),
    {
      async *guardrails(
        _scope: ExperimentScope,
        options: {
          known(ids: string[]): Promise<ReadonlyMap<string, string>>;
        },
      ) {
        const known = await options.known(['EXT1', 'EXT2']);
        told.known = [...known.values()].sort();
        yield* told.pages();
      },
    },
  );
  return { source, told };
}

describe.each(databases.eachSupportedId())('guardrails on %s', id => {
  let db: Knex;
  let store: TestStore;
  let scopeId: number;
  let queries: GuardrailQueries;
  const guardrails = GuardrailStore.create({ now: () => NOW });

  beforeAll(async () => {
    db = await databases.init(id);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    store = await TestStore.create(db);
    queries = GuardrailQueries.create({ db, now: () => NOW });
  });

  const storeTemplates = async (...templates: ExperimentTemplate[]) => {
    scopeId ??= 0;
    const [scope] = await db('scopes').where({ source_id: sourceId });
    scopeId =
      scope?.id ??
      (await store.addScope({ key: 'a', sourceId, kind: 'experiment' }));
    await db.transaction(tx =>
      guardrails.storePage(tx, {
        sourceId,
        scopeId,
        templates,
        unchanged: [],
      }),
    );
  };
  const list = async (
    query: { service?: string[]; unguarded?: 'true' | 'false' } = {},
    visibility: Parameters<GuardrailQueries['templates']>[1] = all,
  ) => {
    const { items } = await queries.templates(
      { limit: 50, ...query },
      visibility,
    );
    return items.map(item => [item.id, item.entityRefs]);
  };
  const addListed = async (name: string) => {
    const service = await store.addService({ name });
    await store.recompute([service]);
    return service;
  };

  it('tell which services a template exercises, of those that are visible', async () => {
    await addListed('named');
    const byTemplate = await addListed('by-template');
    const byTags = await addListed('by-tags');
    await addListed('other');
    await db('experiment_matchers').insert([
      {
        service_id: byTemplate,
        source_id: sourceId,
        lookup: templateLookup('EXT1'),
        tags: '{}',
      },
      {
        service_id: byTags,
        source_id: sourceId,
        lookup: tagLookup('team', 'pay'),
        tags: '{"team":"pay","env":"staging"}',
      },
    ]);
    await storeTemplates(
      template('EXT1', { entityRefs: ['component:default/named'] }),
      template('EXT2', { tags: { team: 'pay', env: 'staging' } }),
      template('EXT3', { tags: { team: 'pay', env: 'production' } }),
    );
    expect(await list()).toEqual([
      ['EXT1', ['component:default/by-template', 'component:default/named']],
      ['EXT2', ['component:default/by-tags']],
      ['EXT3', []],
    ]);
    expect(await list({ service: ['component:default/by-tags'] })).toEqual([
      ['EXT2', ['component:default/by-tags']],
    ]);
    expect(await list({}, only('component:default/named'))).toEqual([
      ['EXT1', ['component:default/named']],
    ]);
  });

  it('tell what has no stop condition', async () => {
    await storeTemplates(
      template('EXT1'),
      template('EXT2', { stopConditions: [], logConfigured: false }),
    );
    expect(await list({ unguarded: 'true' })).toEqual([['EXT2', []]]);
    expect(await list({ unguarded: 'false' })).toEqual([['EXT1', []]]);
    await storeTemplates(template('EXT2', { revision: '2' }));
    expect(await list({ unguarded: 'true' })).toEqual([]);
  });

  it('page through templates by title', async () => {
    await storeTemplates(
      ...['c', 'a', 'b'].map(title => template(`EXT${title}`, { title })),
    );
    const first = await queries.templates({ limit: 2 }, all);
    const rest = await queries.templates(
      { limit: 2, cursor: first.nextCursor },
      all,
    );
    expect([first, rest].map(page => page.items.map(each => each.id))).toEqual([
      ['EXTa', 'EXTb'],
      ['EXTc'],
    ]);
    expect(first.totalItems).toBe(3);
    expect(rest.nextCursor).toBeUndefined();
  });

  it('tell experiments that ran without a stop condition from others', async () => {
    await storeTemplates();
    const services = ServiceQueries.create({
      db,
      policies: [],
      sourceTitles: new Map(),
      now: () => NOW,
    });
    const alarm = [{ source: 'alarm', value: null }];
    await db.transaction(tx =>
      ExperimentStore.create().storePage(tx, {
        sourceId,
        scopeId,
        experiments: [
          testExperiment({ externalId: 'unguarded' }),
          testExperiment({ externalId: 'guarded', stopConditions: alarm }),
          testExperiment({ externalId: 'never-ran', startedAt: null }),
          testExperiment({
            externalId: 'logged',
            createdAt: 2_000,
            logConfigured: true,
          }),
        ],
      }),
    );
    const { items } = await services.experiments(
      { limit: 50, sort: 'createdAt', unguarded: 'true' },
      all,
    );
    expect(items.map(each => [each.id, each.guardrails.logConfigured])).toEqual(
      [
        ['unguarded', null],
        ['logged', true],
      ],
    );
  });

  describe('read by a run', () => {
    let sync: TestSync;
    let told: ReturnType<typeof guardedSource>['told'];

    afterEach(() => sync.stopAll());

    beforeEach(async () => {
      const guarded = guardedSource();
      const { source } = guarded;
      told = guarded.told;
      sync = await TestSync.create(db, { experimentSources: [source] });
      const [{ key }] = source.scopes();
      await sync.store.addScope({ key, sourceId, kind: 'experiment' });
    });

    const runAgain = async () => {
      await db('scopes').update({ next_reconcile_at: 0 });
      await sync.runAll(sync.engine());
    };

    it('replace what was known, once all was read', async () => {
      const lever = {
        accountId: '123456789012',
        region: 'eu-west-1',
        state: 'engaged' as const,
        reason: 'Incident',
      };
      told.pages = async function* pages() {
        const page = { unchanged: [], requests: 1 };
        yield { ...page, templates: [template('EXT1')], safetyLever: lever };
        yield { ...page, templates: [template('EXT2')] };
      };
      await runAgain();
      expect((await list()).map(([each]) => each)).toEqual(['EXT1', 'EXT2']);
      expect((await queries.safetyLevers()).items).toEqual([
        expect.objectContaining({ ...lever, sourceId }),
      ]);

      told.pages = async function* pages() {
        yield { templates: [], unchanged: ['EXT2'], requests: 1 };
      };
      await runAgain();
      expect(told.known).toEqual(['1', '1']);
      expect((await list()).map(([each]) => each)).toEqual(['EXT2']);

      told.pages = async function* pages() {
        yield { templates: [template('EXT3')], unchanged: [], requests: 1 };
        throw new UpstreamError({
          kind: 'unavailable',
          source: sourceId,
          operation: 'GET /templates',
          detail: 'down',
        });
      };
      await runAgain();
      // Half a look removes nothing, and the experiments were read all the same.
      expect((await list()).map(([each]) => each)).toEqual(['EXT2', 'EXT3']);
      expect(await db('scopes').first()).toMatchObject({
        last_error: expect.stringContaining('down'),
        last_success_at: expect.anything(),
      });
    });
  });
});
