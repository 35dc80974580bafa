import {
  Instant,
  MEASURE_STATES,
  Page,
  Policy,
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
  queryPrepared,
  queryRows,
  sql,
  SqlPart,
  storableText,
  StoredBoolean,
  withTables,
} from '../database';
import {
  maybeUnsettled,
  maybeUnsettledSql,
  readUnsettled,
  staleGroupsSql,
  Unsettled,
} from '../status';
import {
  InitiativeScope,
  readInitiativeScope,
} from '../initiatives/initiativeScope';
import { Visibility } from '../visibility/Visibility';
import { filterConditions, lowerCase, ranksOf } from './serviceFilters';
import { serviceOrder, ServiceOrder } from './serviceOrder';
import {
  ownerJoinSql,
  ServiceRow,
  shownColumnsSql,
  shownJoinsSql,
} from './serviceRows';
import { servicesOfRows } from './servicesOfRows';
import { totalSql } from './totalSql';
import { visibleConditions, visibleTables } from './visibleServices';

type ListedRow = ServiceRow & {
  id: number;
  sort_value: number | string | null;
  total: number | string;
  maybe_unsettled: StoredBoolean;
};

interface ListOptions {
  now: Instant;
  policies: ReadonlyMap<string, Policy>;
  visibility: Visibility;
}

interface ReadOptions extends ListOptions {
  /** What the query names. */
  initiative: InitiativeScope | undefined;
  unsettled: Unsettled;
}

/** One page of the services that a query matches. */
export async function listServices(
  db: Knex,
  query: ServiceQuery,
  options: ListOptions,
): Promise<Page<Service>> {
  // Mostly, all states are as they are stored: the page is read as if they were,
  // and tells whether they may not be.
  const initiative = await readInitiativeScope(db, query);
  const read = { ...options, initiative };
  const optimistic = await readPage(db, query, { ...read, unsettled: [] });
  const unsettled = optimistic.maybeUnsettled
    ? await readUnsettled(db, options)
    : [];
  const { order, rows, total } = unsettled.length
    ? await readPage(db, query, { ...read, unsettled })
    : optimistic;

  const page = pageOf(rows, query.limit, order, row =>
    order.type === 'number' ? instantOf(row.sort_value) : row.sort_value,
  );
  return {
    items: await servicesOfRows(db, page.rows, options),
    totalItems: total,
    ...(page.nextCursor && { nextCursor: page.nextCursor }),
    asOf: toIsoInstant(options.now),
  };
}

function asksForStates({ reached, sort, state }: ServiceQuery) {
  return (
    state !== undefined ||
    reached !== undefined ||
    sort === 'state' ||
    sort === '-state'
  );
}

interface ReadPage {
  /** One more than the page has, if there is one. */
  rows: ListedRow[];
  total: number;
  order: Order;
  maybeUnsettled: boolean;
}

async function readPage(
  db: Knex,
  query: ServiceQuery,
  options: ReadOptions,
): Promise<ReadPage> {
  const sorting = serviceOrder(db, query.sort, options);
  const matching: Matching = {
    tables: [
      ...visibleTables(db, options.visibility),
      ...(options.unsettled.length ? [staleGroupsSql(options)] : []),
    ],
    ...(fromOwned(db, query, options) ??
      fromStatus(db, query, sorting, options)),
  };
  const asks = asksForStates(query);
  const page = pageSql(matching, sorting, {
    ...query,
    unsettled: asks ? maybeUnsettledSql(options) : sql`1 = 0`,
  });
  const run = matching.hasOnePlan ? queryPrepared : queryRows;
  const rows = await run<ListedRow>(db, page.sql, page.bindings);
  return {
    rows,
    order: sorting.order,
    total: rows.length
      ? Number(rows[0].total)
      : await countMatching(db, matching, query),
    maybeUnsettled: rows.length
      ? Boolean(rows[0].maybe_unsettled)
      : asks && (await maybeUnsettled(db, options)),
  };
}

/** What a query matches, as `st`. */
interface Matching {
  /** Named in front of the statement. */
  tables: SqlPart[];
  from: SqlPart;
  /** How many there are, an expression. */
  total: SqlPart;
  /** Whether one plan is the best for whatever is bound to it. */
  hasOnePlan: boolean;
}

function fromStatus(
  db: Knex,
  query: ServiceQuery,
  { ofOwner }: ServiceOrder,
  options: ReadOptions,
): Omit<Matching, 'tables'> {
  const conditions = allOf([
    ...visibleConditions(options.visibility),
    ...filterConditions(db, query, options),
  ]);
  const owner = ofOwner ? ownerJoinSql : '';
  const from = sql`from service_status st ${owner} where ${conditions}`;
  return { from, total: totalSql(db, from, query, options), hasOnePlan: false };
}

/** The most common list, which an index of a table of its own answers. */
function fromOwned(
  db: Knex,
  query: ServiceQuery,
  options: ReadOptions,
): Omit<Matching, 'tables'> | undefined {
  const { unsettled, visibility } = options;
  const { cursor, limit, measure, owner, sort, state, ...filter } = query;
  if (
    owner?.length !== 1 ||
    !state ||
    measure ||
    !sort.endsWith('backlogAge') ||
    Object.values(filter).some(value => value !== undefined) ||
    visibility.kind !== 'all' ||
    unsettled.length
  ) {
    return undefined;
  }
  const ownerRef = bound(lowerCase(storableText(owner[0])));
  const ofOne = state.length === 1;
  const ranks = ofOne
    ? sql`= ${bound(MEASURE_STATES.indexOf(state[0]))}`
    : sql`in (${ranksOf(state)})`;
  const from = sql`from owned_services st
    where st.owner_ref = ${ownerRef} and st.state_rank ${ranks}`;
  return {
    from,
    total: totalSql(db, from, query, options),
    // An index has the services of a state in their order.
    hasOnePlan: ofOne,
  };
}

/**
 * The rows of a page, each with how many there are over all pages. The ids come
 * first, for which an index may do; what is shown is read for the page only.
 */
function pageSql(
  { from, tables, total }: Matching,
  { order, value }: ServiceOrder,
  { cursor, limit, unsettled }: ServiceQuery & { unsettled: SqlPart },
): SqlPart {
  const after = cursor
    ? sql`where ${afterSql(order, decodeCursor(order, cursor))}`
    : '';
  const shownOrder: Order = {
    ...order,
    column: 'page.sort_value',
    idColumn: 'page.id',
  };
  const page = sql`page as (
      select * from (
        select st.service_id as id, ${value} as sort_value ${from}
      ) matched ${after}
      order by ${orderBySql(order)} limit ${bound(limit + 1)}
    )`;
  return sql`${withTables([...tables, page])}
    select page.id, page.sort_value, ${total} as total,
      ${unsettled} as maybe_unsettled, ${shownColumnsSql}
    from page join service_status st on st.service_id = page.id
    ${shownJoinsSql}
    order by ${orderBySql(shownOrder)}`;
}

/** A page beyond the last item says nothing of those before it. */
async function countMatching(
  db: Knex,
  { tables, total }: Matching,
  query: ServiceQuery,
) {
  if (!query.cursor) return 0;
  const count = sql`${withTables(tables)} select ${total} as total`;
  const [row] = await queryRows<{ total: number | string }>(
    db,
    count.sql,
    count.bindings,
  );
  return Number(row.total);
}
