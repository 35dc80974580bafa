import {
  Instant,
  Page,
  TicketItem,
  TicketQuery,
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
import {
  COUNTS_WHILE_OPEN,
  StoredTicketRow,
  ticketOfRow,
} from '../tickets/ticketRows';

const SORT_COLUMNS = {
  createdAt: 't.created_at',
  closedAt: 't.closed_at',
  updatedAt: 't.updated_at',
} as const;

/** One page of the tickets of a service. */
export async function listTickets(
  db: Knex,
  serviceId: number,
  query: TicketQuery,
  options: { now: Instant },
): Promise<Page<TicketItem>> {
  const order = ticketOrder(query.sort);
  const conditions = ticketConditions(serviceId, query);
  const after = query.cursor
    ? [afterSql(order, decodeCursor(order, query.cursor))]
    : [];
  const from = 'from ticket_matches m join tickets t on t.id = m.ticket_id';
  const page = sql`select t.*, ${order.column} as sort_value ${from}
    where ${allOf([...conditions, ...after])}
    order by ${orderBySql(order)} limit ${bound(query.limit + 1)}`;
  const count = sql`select count(*) as total ${from} where ${allOf(
    conditions,
  )}`;

  const [rows, [{ total }]] = await Promise.all([
    queryRows<StoredTicketRow & { sort_value: number | string | null }>(
      db,
      page.sql,
      page.bindings,
    ),
    queryRows<{ total: number | string }>(db, count.sql, count.bindings),
  ]);
  const { rows: shown, nextCursor } = pageOf(rows, query.limit, order, row =>
    instantOf(row.sort_value),
  );
  return {
    items: shown.map(ticketOfRow),
    totalItems: Number(total),
    ...(nextCursor && { nextCursor }),
    asOf: toIsoInstant(options.now),
  };
}

function ticketOrder(sort: TicketQuery['sort']): Order {
  const key = sort.replace('-', '') as keyof typeof SORT_COLUMNS;
  return {
    name: sort,
    column: SORT_COLUMNS[key],
    idColumn: 't.id',
    descending: sort.startsWith('-'),
    type: 'number',
  };
}

function ticketConditions(serviceId: number, query: TicketQuery): SqlPart[] {
  const conditions = [sql`m.service_id = ${bound(serviceId)}`];
  const improvements = query.class === 'improvement';
  if (improvements) conditions.push(sql`t.improvement`);
  switch (query.state) {
    case 'all':
      return conditions;
    case 'not-done':
      conditions.push(sql`t.state <> 'done'`);
      break;
    default:
      conditions.push(sql`t.state = ${bound(query.state)}`);
  }
  // Found by an index, where a service has years of tickets.
  if (improvements && query.state !== 'done') {
    conditions.push(sql`m.counts_until = ${bound(COUNTS_WHILE_OPEN)}`);
  }
  return conditions;
}
