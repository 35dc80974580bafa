import {
  Exercise,
  ExerciseQuery,
  Instant,
  Page,
  Policy,
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
import {
  entityRefCondition,
  lowerCase,
  ownerCondition,
} from '../../services/serviceFilters';
import { visibleTables } from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import {
  EXERCISE_COLUMNS,
  FROM_EXERCISES,
  ofVisibleService,
  ShownExerciseRow,
} from './exerciseSelect';
import { showExercises } from './shownExercise';
import { stageSql } from './stageSql';

/** One page of the exercises that a query matches. */
export async function listExercises(
  db: Knex,
  query: ExerciseQuery,
  visibility: Visibility,
  options: { now: Instant; policies: ReadonlyMap<string, Policy> },
): Promise<Page<Exercise>> {
  const order: Order = {
    name: query.sort,
    column: 'x.starts_at',
    idColumn: 'x.sequence',
    descending: query.sort.startsWith('-'),
    type: 'number',
  };
  const tables = withTables(visibleTables(db, visibility));
  const conditions = exerciseConditions(db, query, visibility, options.now);
  const after = query.cursor
    ? [afterSql(order, decodeCursor(order, query.cursor))]
    : [];
  const page = sql`${tables} select ${EXERCISE_COLUMNS} ${FROM_EXERCISES}
    where ${allOf([...conditions, ...after])}
    order by ${orderBySql(order)} limit ${bound(query.limit + 1)}`;
  const count = sql`${tables} select count(*) as total from exercises x
    where ${allOf(conditions)}`;

  const [rows, [{ total }]] = await Promise.all([
    queryRows<ShownExerciseRow>(db, page.sql, page.bindings),
    queryRows<{ total: number | string }>(db, count.sql, count.bindings),
  ]);
  const { rows: onPage, nextCursor } = pageOf(
    rows.map(row => ({ id: row.sequence, row })),
    query.limit,
    order,
    ({ row }) => instantOf(row.starts_at),
  );
  const shown = await showExercises(
    db,
    onPage.map(({ row }) => row),
    { ...options, visibility },
  );
  return {
    items: shown.map(({ item }) => item),
    totalItems: Number(total),
    ...(nextCursor && { nextCursor }),
    asOf: toIsoInstant(options.now),
  };
}

/** What a query asks of exercises `x`. */
export function exerciseConditions(
  db: Knex,
  query: Pick<
    ExerciseQuery,
    'entityRef' | 'owner' | 'kind' | 'stage' | 'from' | 'to' | 'q'
  >,
  visibility: Visibility,
  now: Instant,
): SqlPart[] {
  const conditions = [
    ofVisibleService(visibility, [
      ...(query.entityRef ? [entityRefCondition(db, query.entityRef)] : []),
      ...(query.owner ? [ownerCondition(db, query.owner)] : []),
    ]),
  ];
  const oneOf = (column: SqlPart, values: readonly string[]): SqlPart => {
    const set = textSet(db, values);
    return {
      sql: set.includes(`(${column.sql})`),
      bindings: [...column.bindings, set.binding],
    };
  };
  if (query.kind) conditions.push(oneOf(sql`x.kind`, query.kind));
  if (query.stage) conditions.push(oneOf(stageSql(now), query.stage));
  if (query.from !== undefined) {
    conditions.push(sql`x.ends_at >= ${bound(Date.parse(query.from))}`);
  }
  if (query.to !== undefined) {
    conditions.push(sql`x.starts_at < ${bound(Date.parse(query.to))}`);
  }
  if (query.q) conditions.push(titleContains(query.q));
  return conditions;
}

/** That the title contains a text, taken literally. */
function titleContains(text: string): SqlPart {
  const literal = lowerCase(storableText(text)).replace(/[!%_]/g, '!$&');
  return sql`x.search_text like ${bound(`%${literal}%`)} escape '!'`;
}
