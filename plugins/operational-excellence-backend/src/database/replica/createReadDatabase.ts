import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { createReplicaClient, ReplicaConnection } from './createReplicaClient';
import { primaryOnly, ReadDatabase } from './ReadDatabase';
import { ReadReplica } from './ReadReplica';

/** Where lists are read: from a replica, where one is configured. */
export function createReadDatabase(
  config: (ReplicaConnection & { maxLag: number }) | undefined,
  options: { db: Knex; logger: LoggerService },
): { reads: ReadDatabase; replica?: ReadReplica } {
  const { db, logger } = options;
  if (!config) return { reads: primaryOnly(db) };
  const { maxLag, ...connection } = config;
  const replica = ReadReplica.create({
    primary: db,
    replica: createReplicaClient(db, connection),
    maxLagMs: maxLag,
    logger,
  });
  return { reads: replica, replica };
}
