import { knex, Knex } from 'knex';
import { createReplicaClient } from './createReplicaClient';

describe('createReplicaClient', () => {
  const clients: Knex[] = [];

  /** The connection of a replica's client. */
  async function connectionFor(
    connection: Knex.Config['connection'],
    client = 'pg',
  ) {
    const primary = knex({
      client,
      connection,
      searchPath: ['operational-excellence'],
      useNullAsDefault: true,
    });
    clients.push(primary);
    const replica = createReplicaClient(primary, {
      host: 'replica.example',
      port: 5433,
    });
    clients.push(replica);
    expect(replica.client.config.searchPath).toEqual([
      'operational-excellence',
    ]);
    const { connection: given } = replica.client.config;
    if (typeof given === 'function') return given();
    // Which knex hides.
    return { ...given, password: given.password };
  }

  afterEach(async () => {
    await Promise.all(clients.splice(0).map(client => client.destroy()));
  });

  const connection = {
    host: 'primary.example',
    user: 'backstage',
    password: 'secret',
    database: 'backstage_plugin_operational-excellence',
  };

  it('is of the same database and user, at another place', async () => {
    expect(await connectionFor(connection)).toEqual({
      ...connection,
      host: 'replica.example',
      port: 5433,
    });
  });

  it('asks anew for passwords that expire', async () => {
    let asked = 0;
    const answer = await connectionFor(async () => {
      asked += 1;
      return { ...connection, password: `secret-${asked}` };
    });
    expect(answer).toEqual({
      ...connection,
      password: 'secret-1',
      host: 'replica.example',
      port: 5433,
    });
  });

  it('reads what an address says', async () => {
    const { user, password, database, host } = connection;
    expect(
      await connectionFor(
        `postgresql://${user}:${password}@${host}:5432/${database}?ssl=true`,
      ),
    ).toEqual({
      ...connection,
      host: 'replica.example',
      port: 5433,
      ssl: true,
    });
  });

  it('says that SQLite has none', async () => {
    await expect(
      connectionFor({ filename: ':memory:' }, 'better-sqlite3'),
    ).rejects.toThrow(/only PostgreSQL has replicas/);
  });
});
