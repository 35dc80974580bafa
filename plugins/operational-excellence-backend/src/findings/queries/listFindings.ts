import {
  Finding,
  FindingQuery,
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
  Position,
  queryRows,
  sql,
  SqlPart,
  storableText,
  textSet,
  withTables,
} from '../../database';
import {
  entityRefCondition,
  ownerCondition,
} from '../../services/serviceFilters';
import {
  visibleConditions,
  visibleTables,
} from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import {
  FINDING_COLUMNS,
  FROM_FINDINGS,
  shownFinding,
  ShownFindingRow,
} from './findingSelect';
import { readRetests } from './readRetests';
import { readTags } from './readTags';
import { stageSql } from './stageSql';

const byCreation = {
  column: 'f.created_at',
  idColumn: 'f.sequence',
  type: 'number',
} as const;

const ORDERS: Record<FindingQuery['sort'], Order> = {
  '-createdAt': { ...byCreation, name: '-createdAt', descending: true },
  createdAt: { ...byCreation, name: 'createdAt', descending: false },
  severity: {
    ...byCreation,
    name: 'severity',
    column: 'f.severity_rank',
    descending: false,
  },
  retestBy: {
    ...byCreation,
    name: 'retestBy',
    column: 'f.retest_by',
    descending: false,
  },
};

export interface ShowFindingsOptions {
  now: Instant;
  policies: ReadonlyMap<string, Policy>;
}

/** One page of the findings that a query matches. */
export async function listFindings(
  db: Knex,
  query: FindingQuery,
  visibility: Visibility,
  options: ShowFindingsOptions,
): Promise<Page<Finding>> {
  const order = ORDERS[query.sort];
  const tables = withTables(visibleTables(db, visibility));
  const conditions = [
    ...visibleConditions(visibility),
    ...queryConditions(db, query, options.now),
  ];
  const after = query.cursor
    ? [afterSql(order, decodeCursor(order, query.cursor))]
    : [];
  const page = sql`${tables} select ${FINDING_COLUMNS} ${FROM_FINDINGS}
    where ${allOf([...conditions, ...after])}
    order by ${orderBySql(order)} limit ${bound(query.limit + 1)}`;
  const count = sql`${tables} select count(*) as total ${FROM_FINDINGS}
    where ${allOf(conditions)}`;

  const [rows, [{ total }]] = await Promise.all([
    queryRows<ShownFindingRow>(db, page.sql, page.bindings),
    queryRows<{ total: number | string }>(db, count.sql, count.bindings),
  ]);
  const { rows: shown, nextCursor } = pageOf(
    rows.map(row => ({ id: row.sequence, row })),
    query.limit,
    order,
    ({ row }) => positionOf(row, query.sort),
  );
  return {
    items: await showFindings(
      db,
      shown.map(({ row }) => row),
      options,
    ),
    totalItems: Number(total),
    ...(nextCursor && { nextCursor }),
    asOf: toIsoInstant(options.now),
  };
}

/** Findings with their tags and re-tests, as the API gives them. */
export async function showFindings(
  db: Knex,
  rows: readonly ShownFindingRow[],
  options: ShowFindingsOptions,
): Promise<Finding[]> {
  const ids = rows.map(({ id }) => id);
  const [retests, tags] = await Promise.all([
    readRetests(db, ids),
    readTags(db, ids),
  ]);
  return rows.map(row =>
    shownFinding(row, {
      ...options,
      retests: retests.get(row.id) ?? [],
      tags: tags.get(row.id) ?? [],
    }),
  );
}

function positionOf(
  row: ShownFindingRow,
  sort: FindingQuery['sort'],
): Position['value'] {
  switch (sort) {
    case 'severity':
      return row.severity_rank;
    case 'retestBy':
      return instantOf(row.retest_by);
    default:
      return instantOf(row.created_at);
  }
}

function queryConditions(
  db: Knex,
  query: FindingQuery,
  now: Instant,
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
  if (query.owner) conditions.push(ownerCondition(db, query.owner));
  if (query.exerciseId) {
    conditions.push(oneOf(sql`f.exercise_id`, query.exerciseId));
  }
  if (query.readinessTestId) {
    conditions.push(oneOf(sql`f.readiness_test_id`, query.readinessTestId));
  }
  if (query.severity) conditions.push(oneOf(sql`f.severity`, query.severity));
  if (query.stage) {
    conditions.push(oneOf(sql`(${stageSql(now)})`, query.stage));
  }
  return conditions;
}
