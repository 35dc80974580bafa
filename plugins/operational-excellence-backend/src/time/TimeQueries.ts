import {
  Instant,
  Policy,
  TimeReport,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { allOf, bound, sql, SqlPart, storableText } from '../database';
import { lowerCase, ownerCondition } from '../services/serviceFilters';
import {
  isVisible,
  visibleConditions,
  visibleTables,
} from '../services/visibleServices';
import { Visibility } from '../visibility/Visibility';
import { readTimeReport } from './readTimeReport';

export interface TimeQueriesOptions {
  db: Knex;
  policies: readonly Policy[];
  now?: () => Instant;
}

/** Reads how services spend their time. */
export class TimeQueries {
  readonly #db: Knex;
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #now: () => Instant;

  static create(options: TimeQueriesOptions): TimeQueries {
    return new TimeQueries(options);
  }

  private constructor(options: TimeQueriesOptions) {
    this.#db = options.db;
    this.#policies = new Map(options.policies.map(item => [item.id, item]));
    this.#now = options.now ?? Date.now;
  }

  /** `undefined` where there is no such service, or it is not visible. */
  async ofService(
    entityRef: string,
    visibility: Visibility,
  ): Promise<TimeReport | undefined> {
    const ref = lowerCase(entityRef);
    if (!isVisible(ref, visibility)) return undefined;
    return this.#read([], sql`st.entity_ref = ${bound(storableText(ref))}`);
  }

  /**
   * Of all services that an owner owns, by themselves or through nested groups;
   * `undefined` where none of them is visible.
   */
  async ofOwner(
    ownerRef: string,
    visibility: Visibility,
  ): Promise<TimeReport | undefined> {
    return this.#read(
      visibleTables(this.#db, visibility),
      allOf([
        ownerCondition(this.#db, [ownerRef]),
        ...visibleConditions(visibility),
      ]),
    );
  }

  #read(tables: SqlPart[], condition: SqlPart) {
    return readTimeReport(
      this.#db,
      { tables, condition },
      { now: this.#now(), policies: this.#policies },
    );
  }
}
