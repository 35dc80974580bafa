import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { inTransaction } from './inTransaction';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'inTransaction on %s',
  databaseId => {
    let db: Knex;

    beforeAll(async () => {
      db = await databases.init(databaseId);
      await db.schema.createTable('counters', table => {
        table.text('id').primary();
        table.integer('value').notNullable();
      });
      await db('counters').insert([
        { id: 'a', value: 0 },
        { id: 'b', value: 0 },
      ]);
    });

    const values = () => db('counters').orderBy('id').pluck('value');

    it('does the work again when two got into the way of each other', async () => {
      const add = (first: string, second: string) =>
        inTransaction(db, async tx => {
          await tx('counters').where({ id: first }).increment('value');
          await new Promise(resolve => {
            setTimeout(resolve, 50);
          });
          await tx('counters').where({ id: second }).increment('value');
        });
      await Promise.all([add('a', 'b'), add('b', 'a')]);
      expect(await values()).toEqual([2, 2]);
    });

    it('leaves nothing behind of work that failed, and does not repeat it', async () => {
      const work = jest.fn(async (tx: Knex.Transaction) => {
        await tx('counters').where({ id: 'a' }).increment('value');
        throw new Error('No');
      });
      await expect(inTransaction(db, work)).rejects.toThrow('No');
      expect(work).toHaveBeenCalledTimes(1);
      expect(await values()).toEqual([2, 2]);
    });
  },
);
