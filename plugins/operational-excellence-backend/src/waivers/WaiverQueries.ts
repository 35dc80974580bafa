import {
  DAY_MS,
  Instant,
  Page,
  toIsoInstant,
  Waiver,
  WAIVER_ENDING_SOON_DAYS,
  WaiverQuery,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  afterSql,
  allOf,
  bound,
  decodeCursor,
  instantOf,
  Order,
  orderBySql,
  pageOf,
  queryRows,
  sql,
  SqlPart,
  storableText,
  StoredInstant,
  withTables,
} from '../database';
import { entityRefCondition, ownerCondition } from '../services/serviceFilters';
import { visibleServiceId } from '../services/visibleServiceId';
import { visibleConditions, visibleTables } from '../services/visibleServices';
import { Visibility } from '../visibility/Visibility';

interface WaiverRow {
  id: string;
  entity_ref: string;
  entity_title: string;
  measure: Waiver['measure'];
  reason: string;
  approver: string;
  created_at: StoredInstant;
  until: StoredInstant;
  revoked_at: StoredInstant | null;
  revoked_by: string | null;
}

const ORDERS: Record<WaiverQuery['sort'], Order> = {
  '-createdAt': {
    name: '-createdAt',
    column: 'w.created_at',
    idColumn: 'w.id',
    idType: 'text',
    descending: true,
    type: 'number',
  },
  until: {
    name: 'until',
    column: 'w.until',
    idColumn: 'w.id',
    idType: 'text',
    descending: false,
    type: 'number',
  },
};

const COLUMNS = `w.id, st.entity_ref, st.title as entity_title, w.measure,
  w.reason, w.approver, w.created_at, w.until, w.revoked_at, w.revoked_by`;

/** Waivers `w` with the status `st` of their services, which removed ones lack. */
const FROM_WAIVERS =
  'from waivers w join service_status st on st.service_id = w.service_id';

export interface WaiverQueriesOptions {
  db: Knex;
  now?: () => Instant;
}

/** Reads waivers, past ones included. */
export class WaiverQueries {
  readonly #db: Knex;
  readonly #now: () => Instant;

  static create(options: WaiverQueriesOptions) {
    return new WaiverQueries(options);
  }

  private constructor({ db, now = Date.now }: WaiverQueriesOptions) {
    this.#db = db;
    this.#now = now;
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: WaiverQuery,
    visibility: Visibility,
  ): Promise<Page<Waiver>> {
    const db = this.#db;
    const now = this.#now();
    const order = ORDERS[query.sort];
    const tables = withTables(visibleTables(db, visibility));
    const conditions = [
      ...visibleConditions(visibility),
      ...(query.entityRef ? [entityRefCondition(db, query.entityRef)] : []),
      ...(query.owner ? [ownerCondition(db, query.owner)] : []),
      ...(query.state ? [stateCondition(query.state, now)] : []),
    ];
    const after = query.cursor
      ? [afterSql(order, decodeCursor(order, query.cursor))]
      : [];
    const page = sql`${tables} select ${COLUMNS} ${FROM_WAIVERS}
      where ${allOf([...conditions, ...after])}
      order by ${orderBySql(order)} limit ${bound(query.limit + 1)}`;
    const count = sql`${tables} select count(*) as total ${FROM_WAIVERS}
      where ${allOf(conditions)}`;

    const [rows, [{ total }]] = await Promise.all([
      queryRows<WaiverRow>(db, page.sql, page.bindings),
      queryRows<{ total: number | string }>(db, count.sql, count.bindings),
    ]);
    const { rows: shown, nextCursor } = pageOf(rows, query.limit, order, row =>
      instantOf(query.sort === 'until' ? row.until : row.created_at),
    );
    return {
      items: shown.map(waiverOfRow),
      totalItems: Number(total),
      ...(nextCursor && { nextCursor }),
      asOf: toIsoInstant(now),
    };
  }

  /**
   * A waiver, whoever may see it; `undefined` where there is none, or its service
   * is not in the catalog any more.
   */
  async read(id: string): Promise<Waiver | undefined> {
    const [row] = await queryRows<WaiverRow>(
      this.#db,
      `select ${COLUMNS} ${FROM_WAIVERS} where w.id = ?`,
      [storableText(id)],
    );
    return row && waiverOfRow(row);
  }

  /** Whether there is such a service, and it is visible. */
  async hasService(
    entityRef: string,
    visibility: Visibility,
  ): Promise<boolean> {
    const serviceId = await visibleServiceId(this.#db, entityRef, visibility);
    return serviceId !== undefined;
  }
}

/** As `status` sees it: a waiver applies until it ends or is revoked. */
function stateCondition(
  state: NonNullable<WaiverQuery['state']>,
  now: Instant,
): SqlPart {
  switch (state) {
    case 'active':
      return sql`w.revoked_at is null and w.until > ${bound(now)}`;
    case 'ending-soon':
      return sql`w.revoked_at is null and w.until > ${bound(now)}
        and w.until <= ${bound(now + WAIVER_ENDING_SOON_DAYS * DAY_MS)}`;
    default:
      return sql`(w.revoked_at is not null or w.until <= ${bound(now)})`;
  }
}

function waiverOfRow(row: WaiverRow): Waiver {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    entityTitle: row.entity_title,
    measure: row.measure,
    reason: row.reason,
    approver: row.approver,
    createdAt: toIsoInstant(instantOf(row.created_at)),
    until: toIsoInstant(instantOf(row.until)),
    revokedAt: toIsoInstant(instantOf(row.revoked_at)),
    revokedBy: row.revoked_by,
  };
}
