import {
  Instant,
  ServiceCsvQuery,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  allOf,
  bound,
  givenRowsSql,
  idSet,
  isPostgres,
  orderBySql,
  queryRows,
  sql,
  SqlPart,
  withTables,
} from '../../database';
import { readInitiativeScope } from '../../initiatives/initiativeScope';
import {
  maybeUnsettled,
  rankSql,
  readUnsettled,
  staleGroupsSql,
  statusColumns,
  Unsettled,
} from '../../status';
import { Visibility } from '../../visibility/Visibility';
import { filterConditions } from '../serviceFilters';
import { serviceOrder } from '../serviceOrder';
import { ownerJoinSql } from '../serviceRows';
import { visibleConditions, visibleTables } from '../visibleServices';
import { CSV_HEADER, csvLineSql } from './csvLine';
import { readExpiredWindows, windowColumns, Windows } from './expiredWindows';

const END_OF_LINE = '\r\n';

/** How many services are written with one query. */
const PAGE_SIZE = 4000;

/** How many pages are read at a time, ahead of the one that is being sent. */
const PAGES_AHEAD = 2;

interface ReadOptions {
  now: Instant;
  unsettled: Unsettled;
}

/**
 * All services that a query matches, as lines of CSV, some thousands at a time.
 * Which they are, and in which order, is read first, as ids; each page is then
 * looked up, so that neither a long transaction nor a sorted copy is kept while
 * the caller takes their time.
 */
export async function* servicesCsv(
  db: Knex,
  query: ServiceCsvQuery,
  { now, visibility }: { now: Instant; visibility: Visibility },
): AsyncGenerator<string, void, undefined> {
  const options = { now, unsettled: await readUnsettledNow(db, { now }) };
  const ids = await readIds(db, query, { ...options, visibility });
  yield CSV_HEADER + END_OF_LINE;

  const ahead: Promise<string>[] = [];
  for (let start = 0; start < ids.length || ahead.length; ) {
    while (start < ids.length && ahead.length < PAGES_AHEAD) {
      const some = [...ids.subarray(start, start + PAGE_SIZE)];
      const page = readLines(db, some, options);
      // Told to whoever asks for it; nobody does who has gone away.
      page.catch(() => {});
      ahead.push(page);
      start += PAGE_SIZE;
    }
    const lines = await ahead.shift();
    if (lines) yield lines;
  }
}

async function readUnsettledNow(db: Knex, options: { now: Instant }) {
  return (await maybeUnsettled(db, options)) ? readUnsettled(db, options) : [];
}

/** In their order, as little as they can take. */
async function readIds(
  db: Knex,
  query: ServiceCsvQuery,
  options: ReadOptions & { visibility: Visibility },
): Promise<Int32Array> {
  const { visibility } = options;
  const initiative = await readInitiativeScope(db, query);
  const { ofOwner, order, value } = serviceOrder(db, query.sort, options);
  const conditions = allOf([
    ...visibleConditions(visibility),
    ...filterConditions(db, query, { ...options, initiative }),
  ]);
  const tables = withTables([
    ...visibleTables(db, visibility),
    staleGroupsSql(options),
  ]);
  const statement = sql`${tables}
    select string_agg(cast(id as text), ',' order by ${orderBySql(order)})
      as ids
    from (
      select st.service_id as id, ${value} as sort_value
      from service_status st ${ofOwner ? ownerJoinSql : ''}
      where ${conditions}
    ) matched`;
  const [{ ids }] = await queryRows<{ ids: string | null }>(
    db,
    statement.sql,
    statement.bindings,
  );
  return Int32Array.from(ids?.split(',') ?? [], Number);
}

/** The lines of some services, in their order; of those that are still there. */
async function readLines(
  db: Knex,
  ids: number[],
  options: ReadOptions,
): Promise<string> {
  const expired = await readExpiredWindows(db, idSet(db, ids), options);
  const statement = linesSql(db, ids, { ...options, expired });
  const [{ lines }] = await queryRows<{ lines: string | null }>(
    db,
    statement.sql,
    statement.bindings,
  );
  return lines === null ? '' : lines + END_OF_LINE;
}

/** What of a status row time may have changed. */
const WINDOWS = Object.keys(windowColumns)
  .filter(name => name !== 'service_id')
  .map(name => ({ name, column: `backlog_${name}` }));

const keptColumnsSql = Object.keys(statusColumns)
  .filter(name => !WINDOWS.some(({ column }) => column === name))
  .map(name => `st.${name}`)
  .join(', ');

function linesSql(
  db: Knex,
  ids: number[],
  options: ReadOptions & { expired: readonly Windows[] },
): SqlPart {
  const rank = (of: Parameters<typeof rankSql>[1]) => rankSql(db, of, options);
  const now = sql`cast(${bound(options.now)} as bigint)`;
  const rows = sql`select page.nth, ${keptColumnsSql},
      ${windowsSql(options.expired)},
      ${rank('service')} as shown_state,
      ${rank('backlog')} as shown_backlog,
      ${rank('gameDay')} as shown_game_day,
      ${rank('readinessTest')} as shown_readiness,
      owner.title as owner_title,
      case when st.backlog_known then backlog_group.checked_at end
        as backlog_checked_at,
      case
        when st.game_day_all_scope_group is not null then experiments.checked_at
        when st.game_day_scope_group is not null then game_day_group.checked_at
        when st.game_day_configured then ${now}
      end as game_day_checked_at
    from ${pageTable(db, ids)}
    join service_status st on st.service_id = page.id
    ${ownerJoinSql}
    left join scope_groups backlog_group
      on backlog_group.id = st.backlog_scope_group
    left join scope_groups game_day_group
      on game_day_group.id = st.game_day_scope_group
    left join scope_groups experiments
      on experiments.id = st.game_day_all_scope_group
    ${expiredJoinSql(db, options.expired)}`;
  return sql`${withTables([staleGroupsSql(options)])}
    select string_agg(line, ${bound(END_OF_LINE)} order by nth) as lines
    from (
      select st.nth, concat_ws(',', ${csvLineSql(db, options)}) as line
      from (${rows}) st
    ) numbered`;
}

function windowsSql(expired: readonly Windows[]): string {
  return WINDOWS.map(({ column, name }) =>
    expired.length
      ? `case when expired.service_id is null then st.${column}
           else expired.${name} end as ${column}`
      : `st.${column}`,
  ).join(', ');
}

function expiredJoinSql(
  db: Knex,
  expired: readonly Windows[],
): SqlPart | string {
  if (!expired.length) return '';
  return sql`left join ${{
    sql: givenRowsSql(db, 'expired', windowColumns),
    bindings: [JSON.stringify(expired)],
  }} on expired.service_id = st.service_id`;
}

/** Ids with their places. */
function pageTable(db: Knex, ids: readonly number[]): SqlPart {
  return isPostgres(db)
    ? {
        sql: 'unnest(?::int[]) with ordinality as page(id, nth)',
        bindings: [`{${ids.join(',')}}`],
      }
    : {
        sql: '(select value as id, key as nth from json_each(?)) as page',
        bindings: [JSON.stringify(ids)],
      };
}
