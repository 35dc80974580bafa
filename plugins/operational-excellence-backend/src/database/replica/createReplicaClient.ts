import { InputError } from '@backstage/errors';
import { knex, Knex } from 'knex';
import { isPostgres } from '../sql';

/** What of the connection is different from that of the primary. */
export interface ReplicaConnection {
  host: string;
  port?: number;
  user?: string;
  password?: string;
}

/**
 * A client of a replica: of the same database and schema as the primary's, which
 * Backstage gave to the plugin.
 *
 * @throws InputError where the database has no replicas
 */
export function createReplicaClient(
  primary: Knex,
  connection: ReplicaConnection,
): Knex {
  if (!isPostgres(primary)) {
    throw new InputError(
      'operationalExcellence.readReplica: only PostgreSQL has replicas; remove it, or have the backend use PostgreSQL',
    );
  }
  const { config } = primary.client;
  return knex({
    ...config,
    connection: overlaid(config.connection, connection),
  });
}

/** Knex has made an object of an address. */
type Given = Knex.PgConnectionConfig | (() => Promise<Knex.PgConnectionConfig>);

function overlaid(given: Given, connection: ReplicaConnection): Given {
  // Where passwords expire, they are asked for again and again.
  return typeof given === 'function'
    ? async () => overlaidObject(await given(), connection)
    : overlaidObject(given, connection);
}

function overlaidObject(
  given: Knex.PgConnectionConfig,
  connection: ReplicaConnection,
): Knex.PgConnectionConfig {
  // Knex hides the password from being copied.
  return { ...given, password: given.password, ...connection };
}
