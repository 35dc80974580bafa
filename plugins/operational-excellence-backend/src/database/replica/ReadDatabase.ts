import { Knex } from 'knex';

/** Where is read what may be a moment old, such as lists of many services. */
export interface ReadDatabase {
  /** For what takes several reads, of which none can be done again. */
  current(): Knex;

  /** Does work that only reads, and once more where a replica fails meanwhile. */
  read<T>(work: (db: Knex) => Promise<T>): Promise<T>;
}

/** Where there is no replica. */
export function primaryOnly(db: Knex): ReadDatabase {
  return { current: () => db, read: work => work(db) };
}
