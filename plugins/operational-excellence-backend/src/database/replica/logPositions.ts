import { Knex } from 'knex';
import { queryRows } from '../sql';

/** Positions in the log that a primary writes and a replica replays. */
export interface LogPositions {
  /** Where the log of the primary ends. */
  end(): Promise<bigint>;
  /** Until where the replica has replayed it. */
  replayed(): Promise<bigint>;
}

export function positionsIn(databases: {
  primary: Knex;
  replica: Knex;
}): LogPositions {
  return {
    async end() {
      const lsn = await readPosition(databases.primary, 'pg_current_wal_lsn()');
      return positionOf(lsn!);
    },
    async replayed() {
      const lsn = await readPosition(
        databases.replica,
        'pg_last_wal_replay_lsn()',
      );
      if (lsn !== null) return positionOf(lsn);
      throw new Error(
        'operationalExcellence.readReplica names a server that is no streaming replica',
      );
    },
  };
}

async function readPosition(db: Knex, expression: string) {
  const [{ lsn }] = await queryRows<{ lsn: string | null }>(
    db,
    `select ${expression}::text as lsn`,
  );
  return lsn;
}

/** Of a text such as `16/B374D848`. */
function positionOf(lsn: string): bigint {
  const [high, low] = lsn.split('/').map(part => BigInt(`0x${part}`));
  return high * 2n ** 32n + low;
}
