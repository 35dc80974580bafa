import { TestDatabases } from '@backstage/backend-test-utils';
import { Experiment } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { testExperiment, TestStore } from '../database/__testUtils__/TestStore';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { ExperimentStore } from './ExperimentStore';
import { tagLookup, templateLookup } from './lookups';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const sourceId = 'fis';

describe.each(databases.eachSupportedId())('ExperimentStore on %s', id => {
  const experiments = ExperimentStore.create();
  let db: Knex;
  let store: TestStore;
  let scopeId: number;

  beforeAll(async () => {
    db = await databases.init(id);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    store = await TestStore.create(db);
    scopeId = await store.addScope({ key: 'a', sourceId, kind: 'experiment' });
  });

  const storePage = (...page: Experiment[]) =>
    db.transaction(tx =>
      experiments.storePage(tx, { sourceId, scopeId, experiments: page }),
    );

  const addMatcher = (
    serviceId: number,
    lookup: string,
    tags: Record<string, string> = {},
  ) =>
    db('experiment_matchers').insert({
      service_id: serviceId,
      source_id: sourceId,
      lookup,
      tags: JSON.stringify(tags),
    });

  /** The external ids of the experiments that exercise a service. */
  const exercising = (serviceId: number): Promise<string[]> =>
    db('experiment_matches')
      .join('experiments', 'experiments.id', 'experiment_matches.experiment_id')
      .where({ service_id: serviceId })
      .orderBy('external_id')
      .pluck('external_id');

  it('finds services by name, template and tags', async () => {
    const named = await store.addService({ name: 'named' });
    const byTemplate = await store.addService({ name: 'by-template' });
    const byTags = await store.addService({ name: 'by-tags' });
    const byAmbiguousTag = await store.addService({ name: 'ambiguous' });
    await addMatcher(byTemplate, templateLookup('EXT1'));
    const tags = { team: 'pay "ments"', 'a.b[0]': "it's" };
    await addMatcher(byTags, tagLookup('team', tags.team), tags);
    await addMatcher(byAmbiguousTag, tagLookup('k', 'v=w'), { k: 'v=w' });

    const touched = await storePage(
      testExperiment({
        externalId: 'A',
        entityRefs: ['Component:default/NAMED', 'component:default/unknown'],
      }),
      testExperiment({ externalId: 'B', templateId: 'EXT1' }),
      testExperiment({
        externalId: 'C',
        tags: { team: tags.team, other: 'x' },
        templateTags: { 'a.b[0]': tags['a.b[0]'], team: 'overridden' },
      }),
      testExperiment({ externalId: 'D', tags: { team: tags.team } }),
      // Looks like k = v=w, but is not.
      testExperiment({ externalId: 'E', tags: { 'k=v': 'w' } }),
    );
    expect(touched).toEqual([named, byTemplate, byTags]);
    expect(await exercising(named)).toEqual(['A']);
    expect(await exercising(byTemplate)).toEqual(['B']);
    expect(await exercising(byTags)).toEqual(['C']);
    expect(await exercising(byAmbiguousTag)).toEqual([]);
  });

  it('does not match by the annotations for another source', async () => {
    const service = await store.addService({ name: 'a' });
    await db('experiment_matchers').insert({
      service_id: service,
      source_id: 'other',
      lookup: templateLookup('EXT1'),
      tags: '{}',
    });
    expect(
      await storePage(testExperiment({ externalId: 'A', templateId: 'EXT1' })),
    ).toEqual([]);
  });

  it('touches nobody when a page says nothing new', async () => {
    const service = await store.addService({ name: 'a' });
    const page = testExperiment({
      externalId: 'A',
      entityRefs: ['component:default/a'],
      reason: 'Nul \0',
      tags: { b: '1', a: '\0' },
    });
    expect(await storePage(page)).toEqual([service]);
    expect(await storePage({ ...page, tags: { a: '\0', b: '1' } })).toEqual([]);
  });

  it('touches the services that it no longer exercises', async () => {
    const a = await store.addService({ name: 'a' });
    const b = await store.addService({ name: 'b' });
    const named = (name: string) =>
      testExperiment({
        externalId: 'A',
        entityRefs: [`component:default/${name}`],
      });
    await storePage(named('a'));
    expect(await storePage(named('b'))).toEqual([a, b]);
    expect(await exercising(a)).toEqual([]);
    expect(await exercising(b)).toEqual(['A']);
  });

  it('knows which experiments count as game days', async () => {
    await storePage(
      testExperiment({ externalId: 'ran' }),
      testExperiment({ externalId: 'stopped', state: 'stopped' }),
      testExperiment({ externalId: 'dry', dryRun: true }),
      testExperiment({ externalId: 'failed', state: 'failed' }),
      testExperiment({ externalId: 'running', state: 'running' }),
      testExperiment({ externalId: 'cancelled', startedAt: null }),
    );
    const rows = await db('experiments').orderBy('external_id');
    expect(
      rows.filter(row => row.counts_as_game_day).map(row => row.external_id),
    ).toEqual(['ran', 'stopped']);
  });

  it('keeps a final state when a stale version comes late', async () => {
    await storePage(testExperiment({ externalId: 'A' }));
    await storePage(
      testExperiment({ externalId: 'A', state: 'running', endedAt: null }),
    );
    expect(await db('experiments').pluck('state')).toEqual(['completed']);
  });

  it('tells what is stored of experiments', async () => {
    await storePage(
      testExperiment({
        externalId: 'A',
        tags: { a: '1' },
        templateTags: { b: '2' },
      }),
      testExperiment({ externalId: 'B', state: 'running' }),
    );
    expect(await experiments.known(db, sourceId, ['A', 'B', 'C'])).toEqual(
      new Map([
        ['A', { final: true, tags: { a: '1' }, templateTags: { b: '2' } }],
        ['B', { final: false, tags: {}, templateTags: {} }],
      ]),
    );
    expect(await experiments.known(db, 'other', ['A'])).toEqual(new Map());
  });

  it('finds earlier experiments of a service that comes later', async () => {
    await storePage(
      testExperiment({ externalId: 'A', entityRefs: ['component:default/a'] }),
      testExperiment({ externalId: 'B', tags: { team: 'x' } }),
    );
    const service = await store.addService({ name: 'a' });
    await addMatcher(service, tagLookup('team', 'x'), { team: 'x' });
    await db.transaction(tx => experiments.rematch(tx, [service]));
    expect(await exercising(service)).toEqual(['A', 'B']);

    await db('experiment_matchers').delete();
    await db.transaction(tx => experiments.rematch(tx, [service]));
    expect(await exercising(service)).toEqual(['A']);
  });
});
