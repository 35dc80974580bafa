import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TestHistory } from './__testUtils__/TestHistory';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const MINUTE_MS = 60_000;

describe.each(databases.eachSupportedId())(
  'the first day on %s',
  databaseId => {
    let db: Knex;
    let test: TestHistory;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
      test = await TestHistory.create(db);
    });

    const isTaken = async () => {
      await test.take();
      return (await db('observed_days')).length > 0;
    };

    it('waits until services are there, and all that brings something along', async () => {
      expect(await isTaken()).toBe(false);
      test.now += 11 * MINUTE_MS;
      expect(await isTaken()).toBe(false);
      await test.addService('payments');
      expect(await isTaken()).toBe(true);
    });

    it('waits until each source was read or could not be, but not for ever', async () => {
      await test.addService('payments');
      const scope = await test.store.addScope({ key: 'new' });
      expect(await isTaken()).toBe(false);
      test.now += 11 * MINUTE_MS;
      expect(await isTaken()).toBe(false);
      await db('scopes')
        .where({ id: scope })
        .update({ last_error_at: test.now });
      expect(await isTaken()).toBe(true);

      await db('observed_days').delete();
      await db('scopes').where({ id: scope }).update({ last_error_at: null });
      expect(await isTaken()).toBe(false);
      test.pass(1);
      expect(await isTaken()).toBe(true);
    });

    it('is the only one that waits', async () => {
      await test.addService('payments');
      await test.settleIn();
      expect(await isTaken()).toBe(true);
      await test.store.addScope({ key: 'new' });
      test.pass(1);
      await test.take();
      expect(await db('observed_days').pluck('day')).toHaveLength(2);
    });
  },
);
