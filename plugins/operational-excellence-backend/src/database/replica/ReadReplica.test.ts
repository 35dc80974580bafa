import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { knex, Knex } from 'knex';
import { ReadReplica } from './ReadReplica';

const MAX_LAG_MS = 5_000;

/** Clients that are told apart, and never connect. */
const clientOf = (host: string) => knex({ client: 'pg', connection: { host } });

describe('ReadReplica', () => {
  let now: number;
  let end: bigint;
  let replayed: bigint | Error;
  let primary: Knex;
  let replica: Knex;
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let reads: ReadReplica;

  beforeEach(() => {
    now = 1_000_000;
    end = 100n;
    replayed = 100n;
    primary = clientOf('primary');
    replica = clientOf('replica');
    logger = mockServices.logger.mock();
    reads = ReadReplica.create({
      primary,
      replica,
      logger,
      maxLagMs: MAX_LAG_MS,
      now: () => now,
      positions: {
        end: async () => end,
        replayed: async () => {
          if (replayed instanceof Error) throw replayed;
          return replayed;
        },
      },
    });
  });

  afterEach(async () => {
    await Promise.all([primary.destroy(), replica.destroy()]);
  });

  it('reads from the primary until the replica is known to be close', async () => {
    expect(reads.current()).toBe(primary);
    await reads.look();
    expect(reads.current()).toBe(replica);
  });

  it('no longer reads from a replica that falls behind', async () => {
    await reads.look();
    for (let second = 1; second <= 4; second++) {
      now += 1_000;
      end += 10n;
      await reads.look();
      expect(reads.current()).toBe(replica);
    }
    now += 1_000;
    end += 10n;
    await reads.look();
    expect(reads.current()).toBe(primary);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/too far behind/),
    );
    replayed = end;
    await reads.look();
    expect(reads.current()).toBe(replica);
  });

  it('believes a replica that lags a little for as long as it does', async () => {
    await reads.look();
    for (let second = 1; second <= 60; second++) {
      now += 1_000;
      replayed = end;
      end += 10n;
      await reads.look();
      expect(reads.current()).toBe(replica);
    }
  });

  it('does not believe a replica of which nothing was heard for a while', async () => {
    await reads.look();
    now += MAX_LAG_MS;
    expect(reads.current()).toBe(primary);
  });

  it('reads once more from the primary where the replica fails meanwhile', async () => {
    await reads.look();
    const used: Knex[] = [];
    const answer = await reads.read(async db => {
      used.push(db);
      if (db === replica) {
        throw Object.assign(new Error('terminating connection'), {
          code: '57P01',
        });
      }
      return 'answer';
    });
    expect(answer).toBe('answer');
    expect(used).toEqual([replica, primary]);
    expect(reads.current()).toBe(primary);
  });

  it('passes on what is wrong with the work itself', async () => {
    await reads.look();
    const work = jest
      .fn()
      .mockRejectedValue(
        Object.assign(new Error('syntax error'), { code: '42601' }),
      );
    await expect(reads.read(work)).rejects.toThrow('syntax error');
    expect(work).toHaveBeenCalledTimes(1);
    expect(reads.current()).toBe(replica);
  });

  it('reads from the primary while the replica cannot be asked', async () => {
    await reads.look();
    replayed = Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
    });
    await reads.look();
    expect(reads.current()).toBe(primary);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/cannot be read from/),
    );
  });
});

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

// SQLite has no replicas.
describe.each(databases.eachSupportedId())('ReadReplica on %s', databaseId => {
  it('is told from a server that replays nothing', async () => {
    const db = await databases.init(databaseId);
    const logger = mockServices.logger.mock();
    const reads = ReadReplica.create({
      primary: db,
      replica: db,
      logger,
      maxLagMs: MAX_LAG_MS,
    });
    await reads.look();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/no streaming replica/),
    );
    expect(await reads.read(async used => used === db)).toBe(true);
  });
});
