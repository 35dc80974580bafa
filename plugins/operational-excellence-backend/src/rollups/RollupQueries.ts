import {
  Instant,
  Page,
  Rollup,
  RollupQuery,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { Visibility } from '../visibility/Visibility';
import { listRollups } from './listRollups';

export interface RollupQueriesOptions {
  db: Knex;
  now?: () => Instant;
}

/** Reads what the services of groups sum up to, as far as they are visible. */
export class RollupQueries {
  readonly #db: Knex;
  readonly #now: () => Instant;

  static create(options: RollupQueriesOptions): RollupQueries {
    return new RollupQueries(options);
  }

  private constructor(options: RollupQueriesOptions) {
    this.#db = options.db;
    this.#now = options.now ?? Date.now;
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: RollupQuery,
    visibility: Visibility,
  ): Promise<Page<Rollup>> {
    return listRollups(this.#db, query, { now: this.#now(), visibility });
  }
}
