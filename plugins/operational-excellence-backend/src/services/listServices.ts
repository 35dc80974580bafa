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
import { staleGroupsSql } from '../status';
import { Visibility } from '../visibility/Visibility';
import {
  asksForService,
  filterConditions,
  visibleConditions,
} from './serviceFilters';
import { serviceOrder } from './serviceOrder';
import { ownerJoinSql, serviceColumnsSql, ServiceRow } from './serviceRows';
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
  const { of, order, value } = serviceOrder(db, query.sort, options);
  const ofService = of || asksForService(query) || visibility.kind !== 'all';
  const matching: Matching = {
    stale: staleGroupsSql(options),
    from: sql`from service_status st
      ${ofService ? 'join services s on s.id = st.service_id' : ''}
      ${of === 'owner' ? ownerJoinSql : ''}
      where ${allOf([
        ...visibleConditions(db, visibility),
        ...filterConditions(db, query, options),
      ])}`,
  };
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

/** The services that a query matches, no further tables than it takes. */
interface Matching {
  stale: SqlPart;
  from: SqlPart;
}

/**
 * The rows of a page. What the query matches is looked through once, for the
 * page and for how many there are, with its ids only; what is shown is read for
 * the page.
 */
function pageSql(
  { from, stale }: Matching,
  value: SqlPart,
  order: Order,
  { cursor, limit }: ServiceQuery,
): SqlPart {
  const after = cursor
    ? sql`where ${afterSql(order, decodeCursor(order, cursor))}`
    : '';
  const shownOrder = {
    ...order,
    column: 'page.sort_value',
    idColumn: 'page.id',
  };
  return sql`with ${stale}, page as (
      select * from (
        select st.service_id as id, ${value} as sort_value,
          count(*) over () as total
        ${from}
      ) matched ${after}
      order by ${orderBySql(order)} limit ${bound(limit + 1)}
    )
    select page.sort_value, page.total, ${serviceColumnsSql}
    from page
    join services s on s.id = page.id
    join service_status st on st.service_id = page.id
    ${ownerJoinSql}
    order by ${orderBySql(shownOrder)}`;
}

/** A page beyond the last item says nothing of those before it. */
async function countMatching(
  db: Knex,
  { from, stale }: Matching,
  query: ServiceQuery,
) {
  if (!query.cursor) return 0;
  const count = sql`with ${stale} select count(*) as total ${from}`;
  const [{ total }] = await queryRows<{ total: number | string }>(
    db,
    count.sql,
    count.bindings,
  );
  return Number(total);
}
