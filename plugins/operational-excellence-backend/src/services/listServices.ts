import {
  Instant,
  Page,
  Service,
  ServiceQuery,
  toIsoInstant,
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
} from '../database';
import { Visibility } from '../visibility/Visibility';
import { filterConditions, visibleConditions } from './serviceFilters';
import { serviceOrder } from './serviceOrder';
import { serviceColumnsSql, ServiceRow, serviceJoinsSql } from './serviceRows';
import { servicesOfRows } from './servicesOfRows';

type ListedRow = ServiceRow & {
  sort_value: number | string | null;
  total: number | string;
};

/** One page of the services that a query matches. */
export async function listServices(
  db: Knex,
  query: ServiceQuery,
  visibility: Visibility,
  options: { now: Instant },
): Promise<Page<Service>> {
  const { order, value } = serviceOrder(db, query.sort, options);
  const matching = sql`from services s ${serviceJoinsSql}
    where ${allOf([
      ...visibleConditions(db, visibility),
      ...filterConditions(db, query, options),
    ])}`;
  const page = pageSql(matching, value, order, query);
  const rows = await queryRows<ListedRow>(db, page.sql, page.bindings);
  const { rows: shown, nextCursor } = pageOf(rows, query.limit, order, row =>
    order.type === 'number' ? instantOf(row.sort_value) : row.sort_value,
  );

  return {
    items: await servicesOfRows(db, shown, options),
    totalItems: rows.length
      ? Number(rows[0].total)
      : await countMatching(db, matching, query),
    ...(nextCursor && { nextCursor }),
    asOf: toIsoInstant(options.now),
  };
}

/**
 * The rows of a page. What the query matches is looked through once, for the
 * page and for how many there are, with no more than that takes; what is shown
 * is read of the rows of the page only.
 */
function pageSql(
  matching: SqlPart,
  value: SqlPart,
  order: Order,
  { cursor, limit }: ServiceQuery,
): SqlPart {
  const after = cursor
    ? sql`where ${afterSql(order, decodeCursor(order, cursor))}`
    : '';
  return sql`with page as (
      select * from (
        select s.id, ${value} as sort_value, count(*) over () as total
        ${matching}
      ) matched ${after}
      order by ${orderBySql(order)} limit ${bound(limit + 1)}
    )
    select page.sort_value, page.total, ${serviceColumnsSql}
    from page join services s on s.id = page.id ${serviceJoinsSql}
    order by ${orderBySql({
      ...order,
      column: 'page.sort_value',
      idColumn: 'page.id',
    })}`;
}

/** A page beyond the last item says nothing of those before it. */
async function countMatching(db: Knex, matching: SqlPart, query: ServiceQuery) {
  if (!query.cursor) return 0;
  const count = sql`select count(*) as total ${matching}`;
  const [{ total }] = await queryRows<{ total: number | string }>(
    db,
    count.sql,
    count.bindings,
  );
  return Number(total);
}
