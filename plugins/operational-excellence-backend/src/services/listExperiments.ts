import {
  ExperimentItem,
  ExperimentQuery,
  Instant,
  Page,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  afterSql,
  allOf,
  bound,
  decodeCursor,
  idSet,
  instantOf,
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
  experimentOfRow,
  StoredExperimentRow,
} from '../experiments/experimentRows';
import { UNGUARDED_RUN_SQL } from '../guardrails/unguarded';
import { Visibility } from '../visibility/Visibility';
import { entityRefCondition } from './serviceFilters';
import { isVisible, visibleConditions, visibleTables } from './visibleServices';

/**
 * One page of experiments. Those that exercise no service that the caller may
 * see are left out, unless the caller may see all.
 */
export async function listExperiments(
  db: Knex,
  query: ExperimentQuery,
  visibility: Visibility,
  options: { now: Instant },
): Promise<Page<ExperimentItem>> {
  const order: Order = {
    name: query.sort,
    column: 'e.created_at',
    idColumn: 'e.id',
    descending: query.sort.startsWith('-'),
    type: 'number',
  };
  const conditions = experimentConditions(db, query, visibility);
  const after = query.cursor
    ? [afterSql(order, decodeCursor(order, query.cursor))]
    : [];
  const tables = withTables(visibleTables(db, visibility));
  const page = sql`${tables} select e.* from experiments e
    where ${allOf([...conditions, ...after])}
    order by ${orderBySql(order)} limit ${bound(query.limit + 1)}`;
  const count = sql`${tables} select count(*) as total from experiments e
    where ${allOf(conditions)}`;

  const [rows, [{ total }]] = await Promise.all([
    queryRows<StoredExperimentRow>(db, page.sql, page.bindings),
    queryRows<{ total: number | string }>(db, count.sql, count.bindings),
  ]);
  const { rows: shown, nextCursor } = pageOf(rows, query.limit, order, row =>
    instantOf(row.created_at),
  );
  const exercised = await readExercised(db, shown, visibility);
  return {
    items: shown.map(row => ({
      ...experimentOfRow(row),
      entityRefs: exercised.get(row.id) ?? [],
    })),
    totalItems: Number(total),
    ...(nextCursor && { nextCursor }),
    asOf: toIsoInstant(options.now),
  };
}

function experimentConditions(
  db: Knex,
  query: ExperimentQuery,
  visibility: Visibility,
): SqlPart[] {
  const conditions: SqlPart[] = [];
  if (query.state) {
    const states = textSet(db, query.state);
    conditions.push({
      sql: states.includes('e.state'),
      bindings: [states.binding],
    });
  }
  if (query.unguarded) {
    conditions.push(
      query.unguarded === 'true'
        ? sql`${UNGUARDED_RUN_SQL}`
        : sql`not ${UNGUARDED_RUN_SQL}`,
    );
  }
  if (query.service || visibility.kind !== 'all') {
    const ofService = query.service
      ? [entityRefCondition(db, query.service)]
      : [];
    const services = allOf([...visibleConditions(visibility), ...ofService]);
    conditions.push(sql`e.id in (
      select m.experiment_id from experiment_matches m
      join service_status st on st.service_id = m.service_id where ${services})`);
  }
  return conditions;
}

/** The visible services that each of some experiments exercised. */
async function readExercised(
  db: Knex,
  rows: readonly StoredExperimentRow[],
  visibility: Visibility,
): Promise<Map<number, string[]>> {
  const exercised = new Map<number, string[]>();
  if (!rows.length) return exercised;
  const ids = idSet(
    db,
    rows.map(({ id }) => id),
  );
  const matches = await queryRows<{
    experiment_id: number;
    entity_ref: string;
  }>(
    db,
    `select m.experiment_id, st.entity_ref from experiment_matches m
     join service_status st on st.service_id = m.service_id
     where ${ids.includes('m.experiment_id')}
     order by st.entity_ref`,
    [ids.binding],
  );
  for (const { entity_ref, experiment_id } of matches) {
    if (!isVisible(entity_ref, visibility)) continue;
    const refs = exercised.get(experiment_id) ?? [];
    exercised.set(experiment_id, [...refs, entity_ref]);
  }
  return exercised;
}
