import { Knex } from 'knex';
import { Columns, insertSql, isPostgres, queryRows } from '../database';
import { inTransaction } from '../sync/inTransaction';
import { hasChanges, notedOf, noteChanges, takeChanges } from './changes';
import {
  isCountedRight,
  readCounted,
  readToCount,
  storeCounted,
} from './countedServices';
import { Delta, deltasOf } from './deltas';
import { FIGURE_COLUMNS } from './figureColumns';

/** How many changes are counted in one transaction. */
const BATCH_SIZE = 2000;

/** A row of `rollups`. */
type RollupRow = Record<string, number | string>;

const columns: Columns<RollupRow> = {
  dimension: 'text',
  group_key: 'text',
  ...Object.fromEntries(
    FIGURE_COLUMNS.map(column => [column, 'integer'] as const),
  ),
};

function rowOf({ dimension, figures, key }: Delta): RollupRow {
  const row: RollupRow = { dimension, group_key: key };
  FIGURE_COLUMNS.forEach((column, nth) => {
    row[column] = figures[nth];
  });
  return row;
}

/**
 * Counts changes of services into the sums of their groups. Whoever changes a
 * service only notes that it changed; here its present figures take the place of
 * those that were counted of it, so that it does not matter how often a service
 * is noted, in which order, or whether something else changed meanwhile.
 */
export class RollupFolder {
  readonly #db: Knex;
  readonly #batchSize: number;

  static create(options: { db: Knex; batchSize?: number }): RollupFolder {
    return new RollupFolder(options);
  }

  private constructor(options: { db: Knex; batchSize?: number }) {
    this.#db = options.db;
    this.#batchSize = options.batchSize ?? BATCH_SIZE;
  }

  async hasChanges(): Promise<boolean> {
    return hasChanges(this.#db);
  }

  /** Counts all changes that are noted, some of them at a time. */
  async fold(options: { signal?: AbortSignal } = {}): Promise<void> {
    while (!options.signal?.aborted) {
      if ((await this.foldSome()) < this.#batchSize) return;
    }
  }

  /**
   * Looks through all services, some at a time, and notes those of which
   * something else is counted than what they are. There are none, unless somebody
   * changed them without noting it: a replica of an older version, which runs for
   * a while beside newer ones.
   *
   * @returns how many there were
   */
  async noteMissed(options: { signal?: AbortSignal } = {}): Promise<number> {
    let missed = 0;
    let after = 0;
    while (!options.signal?.aborted) {
      const ids = await idsAfter(this.#db, after, this.#batchSize);
      if (!ids.length) break;
      after = ids[ids.length - 1];
      missed += await this.#noteMissedOf(ids);
    }
    return missed;
  }

  async #noteMissedOf(ids: readonly number[]): Promise<number> {
    return inTransaction(this.#db, async tx => {
      const noted = new Set(await notedOf(tx, ids));
      const now = new Map(
        (await readToCount(tx, ids)).map(row => [row.service_id, row]),
      );
      const counted = new Map(
        (await readCounted(tx, ids)).map(row => [row.service_id, row]),
      );
      const missed = ids.filter(
        id => !noted.has(id) && !isCountedRight(counted.get(id), now.get(id)),
      );
      if (missed.length) await noteChanges(tx, missed);
      return missed.length;
    });
  }

  /** Counts the oldest changes, and answers how many they were. */
  async foldSome(): Promise<number> {
    return inTransaction(this.#db, async tx => {
      await lockSums(tx);
      // First: a change that is noted from here on stays noted, and what it
      // changed is read now or another time.
      const changes = await takeChanges(tx, this.#batchSize);
      const ids = [...new Set(changes)];
      if (!ids.length) return 0;
      const now = await readToCount(tx, ids);
      const before = await readCounted(tx, ids);
      await storeCounted(tx, { before, now });
      await addDeltas(tx, deltasOf(before, now));
      return changes.length;
    });
  }
}

/** Services that there are, or that are counted, in the order of their ids. */
async function idsAfter(db: Knex, after: number, limit: number) {
  const rows = await queryRows<{ service_id: number }>(
    db,
    `select service_id from service_status where service_id > ?
     union
     select service_id from counted_services where service_id > ?
     order by service_id limit ?`,
    [after, after, limit],
  );
  return rows.map(row => row.service_id);
}

/**
 * Of two processes that count at the same time, as one may for a while that lost
 * its turn, the second waits here until the first is through. Nobody who reads
 * waits. SQLite has one writer anyway.
 */
async function lockSums(tx: Knex.Transaction) {
  if (!isPostgres(tx)) return;
  const zeros = FIGURE_COLUMNS.map(() => '0').join(', ');
  await tx.raw(
    `insert into rollups (dimension, group_key, ${FIGURE_COLUMNS.join(', ')})
     values ('all', '', ${zeros}) on conflict do nothing`,
  );
  await tx.raw(
    `select 1 from rollups where dimension = 'all' and group_key = ''
     for update`,
  );
}

async function addDeltas(tx: Knex.Transaction, deltas: readonly Delta[]) {
  if (!deltas.length) return;
  const sums = FIGURE_COLUMNS.map(
    column => `${column} = rollups.${column} + excluded.${column}`,
  );
  await tx.raw(
    `${insertSql(tx, 'rollups', columns)}
     on conflict (dimension, group_key) do update set ${sums.join(', ')}`,
    [JSON.stringify(deltas.map(rowOf))],
  );
  await tx.raw(`delete from rollups where services = 0 and dimension <> 'all'`);
}
