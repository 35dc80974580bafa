import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { TestStore } from '../../database/__testUtils__/TestStore';
import { TemplateRefresh } from './TemplateRefresh';
import { BUILT_IN, TemplateSource } from './templateSources';
import { TemplateStore } from './TemplateStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const { signal } = new AbortController();

jest.setTimeout(60_000);

const template = (id: string, title = 'Small') => `id: ${id}
version: '1'
title: ${title}
sections:
  - title: All
    items:
      - { id: alarms, question: Are there alarms?, risk: high }
`;

/** A source whose text tests change; an error is what reading it comes to. */
class FakeSource implements TemplateSource {
  readonly isLocal: boolean;
  readonly isBuiltIn: boolean;

  constructor(
    readonly name: string,
    public text: string | Error,
    options: { isLocal?: boolean } = {},
  ) {
    this.isLocal = options.isLocal ?? true;
    this.isBuiltIn = name === BUILT_IN;
  }

  async read() {
    if (typeof this.text === 'string') return this.text;
    throw this.text;
  }
}

describe.each(databases.eachSupportedId())(
  'TemplateRefresh on %s',
  databaseId => {
    const store = TemplateStore.create();
    const logger = mockServices.logger.mock();
    let db: Knex;
    let serviceId: number;
    let now: number;

    beforeAll(async () => {
      db = await databases.init(databaseId);
      const testStore = await TestStore.create(db);
      serviceId = await testStore.addService({ name: 'payments' });
    });

    const refreshOf = (...sources: TemplateSource[]) =>
      TemplateRefresh.create({ db, logger, sources, store, now: () => now++ });

    const refresh = (...sources: TemplateSource[]) =>
      refreshOf(...sources).refresh({ signal });

    beforeEach(async () => {
      await db('readiness_runs').delete();
      now = 1;
      await refresh();
      now = 100;
      logger.warn.mockClear();
    });

    const titles = async () =>
      (await store.all(db)).map(({ content, id, removed, source }) => [
        id,
        content.title,
        source,
        ...(removed ? ['removed'] : []),
      ]);

    /** Has a test of the content that a template has now. */
    async function addRun(id: string) {
      const current = await store.current(db, id);
      await db('readiness_runs').insert({
        id: `run-of-${id}`,
        service_id: serviceId,
        template: id,
        revision: current!.revision,
        item_ids: '[]',
        item_count: 0,
        state: 'open',
        version: 1,
        started_at: 1,
        listed_at: 1,
        updated_at: 1,
      });
      return current!.revision;
    }

    it('keeps what a source last said well, and says what is wrong', async () => {
      const source = new FakeSource('a.yaml', template('a'));
      await refresh(source);
      source.text = template('a').replace('high', 'huge');
      await refresh(source);
      expect(await store.current(db, 'a')).toMatchObject({
        content: { title: 'Small' },
        problem: expect.stringMatching(
          /^line 7, column 58: sections\[0\]\.items\[0\]\.risk: /,
        ),
        readAt: 101,
      });
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringMatching(
          /^The readiness template a\.yaml cannot be used:\nline 7/,
        ),
      );
      expect(await store.problems(db)).toEqual([]);

      source.text = template('a', 'Mended');
      await refresh(source);
      expect(await store.current(db, 'a')).toMatchObject({
        content: { title: 'Mended' },
        problem: null,
      });
    });

    it('tells of sources that never said anything well', async () => {
      const source = new FakeSource(
        'https://git.example/a.yaml',
        new InputError('It could not be read: 404'),
      );
      await refresh(source);
      expect(await store.problems(db)).toEqual([
        { source: source.name, message: 'It could not be read: 404' },
      ]);
      source.text = template('a');
      await refresh(source);
      expect(await store.problems(db)).toEqual([]);
      expect(await titles()).toEqual([['a', 'Small', source.name]]);
    });

    it('does not take its own mistakes for those of a source', async () => {
      await expect(
        refresh(new FakeSource('a.yaml', new TypeError('a mistake'))),
      ).rejects.toThrow('a mistake');
    });

    it('lets one source have an id, a configured one before a built-in one', async () => {
      const builtIn = new FakeSource(BUILT_IN, template('a', 'Built-in'));
      await refresh(builtIn);
      expect(await titles()).toEqual([['a', 'Built-in', BUILT_IN]]);
      const own = new FakeSource('own.yaml', template('a', 'Own'));
      const second = new FakeSource('second.yaml', template('a', 'Second'));
      await refresh(own, second, builtIn);
      expect(await titles()).toEqual([['a', 'Own', 'own.yaml']]);
      expect(await store.problems(db)).toEqual([
        {
          source: 'second.yaml',
          message:
            'Its id a is the one of own.yaml; every template needs its own',
        },
      ]);
      // What it said well stays before what comes with the plugin.
      own.text = 'nothing';
      await refresh(own, builtIn);
      expect(await titles()).toEqual([['a', 'Own', 'own.yaml']]);
      await refresh(builtIn);
      expect(await titles()).toEqual([['a', 'Built-in', BUILT_IN]]);
    });

    it('keeps the contents that tests refer to, and no others', async () => {
      const [a, b] = ['a', 'b'].map(
        id => new FakeSource(`${id}.yaml`, template(id)),
      );
      await refresh(a, b);
      const revision = await addRun('a');
      for (const title of ['Second', 'Third']) {
        a.text = template('a', title);
        b.text = template('b', title);
        await refresh(a, b);
      }
      const revisions = await db('readiness_template_revisions').orderBy([
        'template',
        'title',
      ]);
      expect(revisions.map(row => [row.template, row.title])).toEqual([
        ['a', 'Small'],
        ['a', 'Third'],
        ['b', 'Third'],
      ]);
      expect(revisions[0].revision).toBe(revision);

      await refresh();
      expect(await titles()).toEqual([['a', 'Third', 'a.yaml', 'removed']]);
      expect(await store.current(db, 'a')).toBeUndefined();
      await refresh(a);
      expect(await titles()).toEqual([['a', 'Third', 'a.yaml']]);
    });

    it('leaves what comes from elsewhere as it is when it starts', async () => {
      const local = new FakeSource('a.yaml', template('a'));
      const remote = new FakeSource(
        'https://git.example/b.yaml',
        template('b'),
        {
          isLocal: false,
        },
      );
      const broken = new FakeSource('https://git.example/c.yaml', 'nothing', {
        isLocal: false,
      });
      await refresh(local, remote, broken);
      const problems = await store.problems(db);
      expect(problems).toHaveLength(1);
      local.text = template('a', 'Second');
      remote.text = new InputError('It could not be read');
      await refreshOf(local, remote, broken).refreshLocal();
      expect(await titles()).toEqual([
        ['a', 'Second', 'a.yaml'],
        ['b', 'Small', remote.name],
      ]);
      expect(await store.current(db, 'b')).toMatchObject({ problem: null });
      expect(await store.problems(db)).toEqual(problems);
    });

    it('is done by two replicas at once', async () => {
      const sources = ['a', 'b', 'c'].map(
        id => new FakeSource(`${id}.yaml`, template(id)),
      );
      await Promise.all(
        [1, 2, 3].map(n => {
          const [first, ...rest] = sources;
          return refresh(
            ...(n % 2 ? [first, ...rest] : [...rest.reverse(), first]),
          );
        }),
      );
      expect((await titles()).map(([id]) => id)).toEqual(['a', 'b', 'c']);
    });
  },
);
