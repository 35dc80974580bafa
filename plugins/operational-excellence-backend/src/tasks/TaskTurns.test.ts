import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { applyMigrations } from '../database';
import { LostTurnError, TaskTurns } from './TaskTurns';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const LEASE_MS = 300;
const signal = new AbortController().signal;

describe.each(databases.eachSupportedId())('TaskTurns on %s', databaseId => {
  let db: Knex;

  beforeEach(async () => {
    db = await databases.init(databaseId);
    await applyMigrations({ getClient: async () => db });
  });

  const replica = () => TaskTurns.create({ db, leaseMs: LEASE_MS });
  const hang = (aborted: AbortSignal) =>
    new Promise<void>((_, reject) => {
      aborted.addEventListener('abort', () => reject(aborted.reason));
    });

  it('lets one replica at a time do the work, however long it takes', async () => {
    let finish = () => {};
    const first = replica().take('sweep', { everyMs: 0, signal }, () => {
      return new Promise<void>(resolve => {
        finish = resolve;
      });
    });
    const work = jest.fn(async () => {});
    await new Promise(resolve => {
      setTimeout(resolve, 2 * LEASE_MS);
    });
    expect(await replica().take('sweep', { everyMs: 0, signal }, work)).toBe(
      false,
    );
    expect(await replica().take('another', { everyMs: 0, signal }, work)).toBe(
      true,
    );
    finish();
    expect(await first).toBe(true);
    expect(await replica().take('sweep', { everyMs: 0, signal }, work)).toBe(
      true,
    );
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('does the work again only when it is due, or failed', async () => {
    const hourly = { everyMs: 3_600_000, signal };
    await expect(
      replica().take('sweep', hourly, async () => {
        throw new Error('not this time');
      }),
    ).rejects.toThrow('not this time');
    const work = jest.fn(async () => {});
    expect(await replica().take('sweep', hourly, work)).toBe(true);
    expect(await replica().take('sweep', hourly, work)).toBe(false);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('takes over from a replica that died', async () => {
    await replica().take('sweep', { everyMs: 0, signal }, async () => {});
    // What a killed process leaves behind.
    await db('task_turns').update({
      holder: 'dead',
      held_until: Date.now() + LEASE_MS,
    });
    const work = jest.fn(async () => {});
    expect(await replica().take('sweep', { everyMs: 0, signal }, work)).toBe(
      false,
    );
    await new Promise(resolve => {
      setTimeout(resolve, LEASE_MS + 50);
    });
    expect(await replica().take('sweep', { everyMs: 0, signal }, work)).toBe(
      true,
    );
  });

  it('stops work whose turn was taken over', async () => {
    const outcome = replica()
      .take('sweep', { everyMs: 0, signal }, hang)
      .catch(error => error);
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
    await db('task_turns').update({ holder: 'other' });
    expect(await outcome).toBeInstanceOf(LostTurnError);
    expect(await db('task_turns').first()).toMatchObject({ holder: 'other' });
  });
});
