import {
  Page,
  Rollup,
  RollupQuery,
  RollupSortKey,
  serviceFilterSchema,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  afterSql,
  allOf,
  bound,
  decodeCursor,
  isPostgres,
  Order,
  orderBySql,
  pageOf,
  queryRows,
  sql,
  SqlPart,
  textSet,
  withTables,
} from '../database';
import {
  attentionSql,
  FIGURE_COLUMNS,
  FigureRow,
  figuresOf,
  NO_FIGURES,
} from './figureColumns';
import { CountOptions, GroupCounter } from './GroupCounter';
import { CountedGroups } from './groupCounts';
import { areEntities, groupKey } from './groupKeys';

interface RollupRow extends FigureRow {
  id: string;
  sort_value: number | string | null;
  title: string | null;
  parent_key: string | null;
  children: number | string;
  total: number | string;
}

const NO_GROUP = { key: null, title: null, parentKey: null, children: 0 };

/** One page of the groups of the services that a query matches. */
export async function listRollups(
  db: Knex,
  query: RollupQuery,
  options: CountOptions,
): Promise<Page<Rollup>> {
  const order = orderOf(query);
  const filter = serviceFilterSchema.parse(query);
  const counter = await GroupCounter.read(db, filter, options);
  const counted = counter.figures(query.by, filter);
  const statement = pageSql(db, counted, query, order);
  const rows = await queryRows<RollupRow>(
    db,
    statement.sql,
    statement.bindings,
  );
  const { rows: shown, nextCursor } = pageOf(rows, query.limit, order, row =>
    row.sort_value === null || order.type === 'text'
      ? row.sort_value
      : Number(row.sort_value),
  );
  const items = shown.map(rollupOfRow);
  if (query.by === 'all' && !rows.length && !query.cursor && !query.key) {
    items.push({ ...NO_GROUP, ...NO_FIGURES });
  }
  return {
    items,
    totalItems: rows.length
      ? Number(rows[0].total)
      : await totalOf(db, counted, query, items.length),
    ...(nextCursor && { nextCursor }),
    asOf: toIsoInstant(options.now),
  };
}

function rollupOfRow(row: RollupRow): Rollup {
  return {
    key: row.id === '' ? null : row.id,
    title: row.title,
    parentKey: row.parent_key,
    children: Number(row.children),
    ...figuresOf(row),
  };
}

const SORT_VALUES: Record<Exclude<RollupSortKey, 'title'>, string> = {
  attention: attentionSql('service'),
  attentionShare: `cast(${attentionSql('service')} as double precision)
    / services`,
  backlog: attentionSql('backlog'),
  gameDay: attentionSql('gameDay'),
  readinessTest: attentionSql('readinessTest'),
  services: 'services',
  openCount: 'open_count',
  starved: 'starved',
  improvementShare: `cast(closed_90d as double precision)
    / nullif(all_closed_90d, 0)`,
};

function orderOf({ sort }: RollupQuery): Order {
  return {
    name: sort,
    column: 'sort_value',
    idColumn: 'id',
    idType: 'text',
    descending: sort.startsWith('-'),
    type: sort.endsWith('title') ? 'text' : 'number',
  };
}

/**
 * All groups, with what they are called, where they belong and what they are
 * sorted by. Their figures, of which there are many, are left to the page.
 */
function groupTables(
  db: Knex,
  { areStored, rows, tables }: CountedGroups,
  query: RollupQuery,
) {
  const { by } = query;
  const collate = isPostgres(db) ? 'collate "C"' : '';
  const key = `nullif(counted.group_key, '')`;
  const ofEntities = areEntities(by);
  const title = ofEntities ? `coalesce(related.title, ${key})` : key;
  const counted = sql`counted as ${areStored ? 'not' : ''} materialized (
    ${rows})`;
  const groups = sql`groups as materialized (
    select counted.group_key, counted.group_key ${collate} as id,
      ${title} as title,
      ${by === 'owner' ? 'related.parent_ref' : 'cast(null as text)'}
        as parent_key,
      ${sortValueSql(query, `${title} ${collate}`)} as sort_value
    from counted
    ${
      ofEntities
        ? 'left join related_entities related on related.entity_ref = counted.group_key'
        : ''
    }
    where counted.services > 0)`;
  return [...tables, counted, groups];
}

/** Titles sort the same in both databases, and are short enough for a cursor. */
function sortValueSql({ sort }: RollupQuery, title: string): string {
  const key = (sort.startsWith('-') ? sort.slice(1) : sort) as RollupSortKey;
  return key === 'title' ? `lower(substr(${title}, 1, 200))` : SORT_VALUES[key];
}

/** Groups with none above them. */
const ROOT_SQL = `(parent_key is null
  or parent_key not in (select id from groups))`;

function groupConditions(db: Knex, query: RollupQuery): SqlPart {
  const conditions: SqlPart[] = [];
  const { by, key, parent } = query;
  if (key) {
    const keys = textSet(
      db,
      key.map(given => groupKey(by, given)),
    );
    conditions.push({ sql: keys.includes('id'), bindings: [keys.binding] });
  }
  if (parent !== undefined && by === 'owner') {
    conditions.push(
      parent === 'root'
        ? sql`${ROOT_SQL}`
        : sql`parent_key = ${bound(groupKey(by, parent))}`,
    );
  }
  return allOf(conditions);
}

function pageSql(
  db: Knex,
  counted: CountedGroups,
  query: RollupQuery,
  order: Order,
): SqlPart {
  const after = query.cursor
    ? sql`where ${afterSql(order, decodeCursor(order, query.cursor))}`
    : '';
  const matched = sql`matched as materialized (
    select * from groups where ${groupConditions(db, query)})`;
  const figures = FIGURE_COLUMNS.map(column => `counted.${column}`);
  return sql`${withTables([...groupTables(db, counted, query), matched])}
    select page.id, page.title, page.parent_key, page.sort_value,
      ${figures.join(', ')}, (select count(*) from matched) as total,
      ${query.by === 'owner' ? 'coalesce(beneath.children, 0)' : '0'}
        as children
    from (
      select * from matched ${after}
      order by ${orderBySql(order)} limit ${bound(query.limit + 1)}
    ) page
    join counted on counted.group_key = page.group_key
    ${
      query.by === 'owner'
        ? `left join (
             select parent_key as above, count(*) as children
             from groups group by parent_key
           ) beneath on beneath.above = page.id`
        : ''
    }
    order by ${orderBySql(order)}`;
}

/** A page beyond the last group says nothing of those before it. */
async function totalOf(
  db: Knex,
  counted: CountedGroups,
  query: RollupQuery,
  shown: number,
): Promise<number> {
  if (!query.cursor) return shown;
  const tables = withTables(groupTables(db, counted, query));
  const count = sql`${tables} select count(*) as total from groups
    where ${groupConditions(db, query)}`;
  const [{ total }] = await queryRows<{ total: number | string }>(
    db,
    count.sql,
    count.bindings,
  );
  return Number(total);
}
