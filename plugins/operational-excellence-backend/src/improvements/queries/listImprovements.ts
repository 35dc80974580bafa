import {
  Improvement,
  ImprovementQuery,
  Page,
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
  storableText,
  textSet,
  withTables,
} from '../../database';
import { entityRefCondition, lowerCase } from '../../services/serviceFilters';
import {
  visibleConditions,
  visibleTables,
} from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import {
  FROM_IMPROVEMENTS,
  SCOPE_JOIN,
  SHOWN_COLUMNS,
  shownImprovement,
  ShownRow,
  ShowOptions,
} from './improvementSelect';
import { readAlternatives } from './readAlternatives';
import { stageSql } from './stageSql';

/** The newest first. */
const ORDER: Order = {
  name: '-createdAt',
  column: 'i.created_at',
  idColumn: 'i.sequence',
  descending: true,
  type: 'number',
};

/** One page of the improvements that a query matches. */
export async function listImprovements(
  db: Knex,
  query: ImprovementQuery,
  visibility: Visibility,
  options: ShowOptions,
): Promise<Page<Improvement>> {
  const visible = visibleTables(db, visibility);
  const conditions = [
    ...visibleConditions(visibility),
    ...queryConditions(db, query, options),
  ];
  const after = query.cursor
    ? [afterSql(ORDER, decodeCursor(ORDER, query.cursor))]
    : [];
  const page = sql`${withTables(visible)}
    select ${SHOWN_COLUMNS} ${FROM_IMPROVEMENTS} ${SCOPE_JOIN}
    where ${allOf([...conditions, ...after])}
    order by ${orderBySql(ORDER)} limit ${bound(query.limit + 1)}`;
  const count = sql`${withTables(visible)}
    select count(*) as total ${FROM_IMPROVEMENTS} where ${allOf(conditions)}`;

  const [rows, [{ total }]] = await Promise.all([
    queryRows<ShownRow>(db, page.sql, page.bindings),
    queryRows<{ total: number | string }>(db, count.sql, count.bindings),
  ]);
  const { rows: shown, nextCursor } = pageOf(
    rows.map(row => ({ id: row.sequence, row })),
    query.limit,
    ORDER,
    ({ row }) => instantOf(row.created_at),
  );
  const alternatives = await readAlternatives(
    db,
    shown.map(({ row }) => row.id),
  );
  return {
    items: shown.map(({ row }) =>
      shownImprovement(row, {
        ...options,
        alternatives: alternatives.get(row.id) ?? [],
      }),
    ),
    totalItems: Number(total),
    ...(nextCursor && { nextCursor }),
    asOf: toIsoInstant(options.now),
  };
}

function queryConditions(
  db: Knex,
  query: ImprovementQuery,
  { now, policies }: ShowOptions,
): SqlPart[] {
  const conditions: SqlPart[] = [];
  const oneOf = (column: SqlPart, values: readonly string[]): SqlPart => {
    const set = textSet(
      db,
      values.map(value => storableText(value)),
    );
    return {
      sql: set.includes(column.sql),
      bindings: [...column.bindings, set.binding],
    };
  };
  if (query.entityRef) {
    conditions.push(entityRefCondition(db, query.entityRef));
  }
  if (query.owner) {
    const owned = oneOf(sql`owner_ref`, query.owner.map(lowerCase));
    conditions.push(
      sql`i.service_id in (select service_id from service_owners where ${owned})`,
    );
  }
  if (query.delivery) {
    conditions.push(oneOf(sql`i.delivery_state`, query.delivery));
  }
  if (query.stage) {
    const stage = stageSql({ now, policies: policies.values() });
    conditions.push(oneOf(sql`(${stage})`, query.stage));
  }
  return conditions;
}
