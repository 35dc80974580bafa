import {
  Instant,
  Page,
  Rollup,
  RollupQuery,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { primaryOnly, ReadDatabase } from '../database/replica';
import { Visibility } from '../visibility/Visibility';
import { listRollups } from './listRollups';

export interface RollupQueriesOptions {
  db: Knex;
  /** Where is read; `db`, where left out. */
  reads?: ReadDatabase;
  now?: () => Instant;
}

/** Reads what the services of groups sum up to, as far as they are visible. */
export class RollupQueries {
  readonly #reads: ReadDatabase;
  readonly #now: () => Instant;

  static create(options: RollupQueriesOptions): RollupQueries {
    return new RollupQueries(options);
  }

  private constructor(options: RollupQueriesOptions) {
    this.#reads = options.reads ?? primaryOnly(options.db);
    this.#now = options.now ?? Date.now;
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: RollupQuery,
    visibility: Visibility,
  ): Promise<Page<Rollup>> {
    const now = this.#now();
    return this.#reads.read(db => listRollups(db, query, { now, visibility }));
  }
}
