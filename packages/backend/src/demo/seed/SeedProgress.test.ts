import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { demoMigrations, SeedProgress } from './SeedProgress';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('SeedProgress, %p', databaseId => {
  async function setup() {
    const db = await databases.init(databaseId);
    const database = mockServices.database({ knex: db });
    return { db, create: () => SeedProgress.create({ database }) };
  }

  it('remembers when the seeding began, and what is done', async () => {
    const { create } = await setup();
    const progress = await create();
    await expect(progress.begin(1_780_000_000_000)).resolves.toBe(
      1_780_000_000_000,
    );
    await expect(progress.isDone('tickets')).resolves.toBe(false);
    await progress.done('tickets', 1_780_000_000_001);

    const next = await create();
    await expect(next.begin(1_790_000_000_000)).resolves.toBe(
      1_780_000_000_000,
    );
    await expect(next.isDone('tickets')).resolves.toBe(true);
    await expect(next.isDone('experiments')).resolves.toBe(false);
    await next.done('tickets', 1_790_000_000_000);
  });

  it('goes up and down with rows in the table', async () => {
    const { db, create } = await setup();
    const progress = await create();
    await progress.begin(1);
    await db.migrate.down(demoMigrations);
    await expect(db.schema.hasTable('demo_seed')).resolves.toBe(false);
    await db.migrate.latest(demoMigrations);
    await expect(progress.begin(2)).resolves.toBe(2);
  });
});
