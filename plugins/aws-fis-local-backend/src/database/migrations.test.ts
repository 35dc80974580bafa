import { resolve } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';

const directory = resolve(__dirname, '../../migrations');

describe('migrations', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'go up and down on %p, with rows',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const scope = { account_id: '123456789012', region: 'eu-west-1' };
      for (let repeat = 0; repeat < 2; repeat++) {
        await knex.migrate.latest({ directory });
        await knex('safety_levers').insert({ ...scope, status: 'engaged' });
        await knex('alarms').insert({ arn: 'arn', state: 'OK' });
        await knex('templates').insert({
          ...scope,
          id: 'EXT1',
          client_token: 'token',
          request_hash: 'hash',
          created_at: Date.now(),
          updated_at: Date.now(),
          definition: '{}',
          tags: '{}',
        });
        await knex('experiments').insert({
          ...scope,
          id: 'EXP1',
          template_id: 'EXT1',
          created_at: Date.now(),
          ends_at: Date.now(),
          retained: false,
          definition: '{}',
          course: '{}',
          tags: '{}',
        });
        await knex.migrate.rollback({ directory }, true);
        await expect(knex.schema.hasTable('experiments')).resolves.toBe(false);
      }
    },
    60_000,
  );
});
