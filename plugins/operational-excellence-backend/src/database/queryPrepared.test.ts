import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { queryPrepared } from './queryPrepared';
import { queryRows } from './sql';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** The statements that the connection keeps. */
async function kept(db: Knex) {
  const rows = await queryRows<{ statement: string }>(
    db,
    'select statement from pg_prepared_statements',
  );
  return rows.map(({ statement }) => statement);
}

describe.each(databases.eachSupportedId())('queryPrepared, %s', databaseId => {
  async function create() {
    const db = await databases.init(databaseId);
    await db.schema.createTable('colours', table => {
      table.integer('id');
      table.text('name');
    });
    await db('colours').insert([
      { id: 1, name: 'red' },
      { id: 2, name: 'green' },
    ]);
    const ask = (id: number) =>
      queryPrepared(db, 'select name from colours where id = ?', [id]);
    return { ask, db };
  }

  it('answers by what is bound each time', async () => {
    const { ask } = await create();
    await expect(ask(1)).resolves.toEqual([{ name: 'red' }]);
    await expect(ask(2)).resolves.toEqual([{ name: 'green' }]);
    await expect(ask(3)).resolves.toEqual([]);
  });

  it('fails as the statement does', async () => {
    const { db } = await create();
    await expect(
      queryPrepared(db, 'select shape from colours'),
    ).rejects.toMatchObject({ message: expect.stringContaining('shape') });
  });

  if (databaseId.startsWith('POSTGRES')) {
    it('has the statement kept, once', async () => {
      const { ask, db } = await create();
      await ask(1);
      await ask(2);
      await expect(kept(db)).resolves.toEqual([
        'select name from colours where id = $1',
      ]);
    });

    it('does without where connections do not keep statements', async () => {
      const { ask, db } = await create();
      await ask(1);
      // As another connection of a pooler would have it.
      await db.raw('deallocate all');
      await expect(ask(2)).resolves.toEqual([{ name: 'green' }]);
      await expect(ask(1)).resolves.toEqual([{ name: 'red' }]);
      await expect(kept(db)).resolves.toEqual([]);
    });

    it('does without where a connection knows the statement already', async () => {
      const first = await create();
      await first.ask(1);
      const [{ name }] = await queryRows<{ name: string }>(
        first.db,
        'select name from pg_prepared_statements',
      );
      const { ask, db } = await create();
      await db.raw(`prepare "${name}" as select 'other' as name`);
      await expect(ask(2)).resolves.toEqual([{ name: 'green' }]);
      await expect(ask(1)).resolves.toEqual([{ name: 'red' }]);
    });

    it('does without where a migration changed what a statement answers', async () => {
      const { ask, db } = await create();
      await ask(1);
      await db.raw('alter table colours alter column name type varchar(9)');
      await expect(ask(2)).resolves.toEqual([{ name: 'green' }]);
    });
  }
});
