import {
  Initiative,
  InitiativeQuery,
  Instant,
  Page,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  afterSql,
  allOf,
  bound,
  decodeCursor,
  Order,
  orderBySql,
  pageOf,
  queryRows,
  sql,
  SqlPart,
  storableText,
} from '../database';
import { Visibility } from '../visibility/Visibility';
import { initiativeOf, InitiativeRow } from './initiativeRows';
import { readProgress } from './readProgress';

/** Beyond every instant, so that what is closed comes after what is not. */
const AFTER_ALL = 9_000_000_000_000_000;

/** What ends first comes first; of the closed ones, what was closed last. */
const ORDER: Order = {
  name: 'end',
  column: `(case when closed_at is null then ends_at
    else ${AFTER_ALL} - closed_at end)`,
  idColumn: 'sequence',
  descending: false,
  type: 'number',
};

/** Reads initiatives, and counts how far they have come. */
export class InitiativeQueries {
  readonly #db: Knex;

  static create(options: { db: Knex }) {
    return new InitiativeQueries(options);
  }

  private constructor({ db }: { db: Knex }) {
    this.#db = db;
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: InitiativeQuery,
    visibility: Visibility,
    now: Instant,
  ): Promise<Page<Initiative>> {
    const db = this.#db;
    const conditions = query.state ? [stateCondition(query.state, now)] : [];
    const after = query.cursor
      ? [afterSql(ORDER, decodeCursor(ORDER, query.cursor))]
      : [];
    const page = sql`select initiatives.*, ${ORDER.column} as sort_value
      from initiatives where ${allOf([...conditions, ...after])}
      order by ${orderBySql(ORDER)} limit ${bound(query.limit + 1)}`;
    const count = sql`select count(*) as total from initiatives
      where ${allOf(conditions)}`;
    const [rows, [{ total }]] = await Promise.all([
      queryRows<InitiativeRow & { sort_value: number | string }>(
        db,
        page.sql,
        page.bindings,
      ),
      queryRows<{ total: number | string }>(db, count.sql, count.bindings),
    ]);
    const { rows: shown, nextCursor } = pageOf(
      rows.map(row => ({ id: row.sequence, row })),
      query.limit,
      ORDER,
      ({ row }) => Number(row.sort_value),
    );
    return {
      items: await this.#show(
        shown.map(({ row }) => row),
        visibility,
        now,
      ),
      totalItems: Number(total),
      ...(nextCursor && { nextCursor }),
      asOf: toIsoInstant(now),
    };
  }

  /** `undefined` where there is none. */
  async get(
    id: string,
    visibility: Visibility,
    now: Instant,
  ): Promise<Initiative | undefined> {
    const row = await this.#db<InitiativeRow>('initiatives')
      .where({ id: storableText(id) })
      .first();
    if (!row) return undefined;
    const [initiative] = await this.#show([row], visibility, now);
    return initiative;
  }

  async #show(
    rows: readonly InitiativeRow[],
    visibility: Visibility,
    now: Instant,
  ): Promise<Initiative[]> {
    const progress = await readProgress(this.#db, rows, visibility, { now });
    return rows.map(row =>
      initiativeOf(row, { now, progress: progress.get(row.sequence)! }),
    );
  }
}

/** Equals `initiativeState` of common. */
function stateCondition(
  states: NonNullable<InitiativeQuery['state']>,
  now: Instant,
): SqlPart {
  const conditions = {
    running: sql`closed_at is null and ends_at > ${bound(now)}`,
    overdue: sql`closed_at is null and ends_at <= ${bound(now)}`,
    closed: sql`closed_at is not null`,
  };
  const any = states.map(state => conditions[state]);
  return {
    sql: any.map(each => `(${each.sql})`).join(' or '),
    bindings: any.flatMap(each => each.bindings),
  };
}
