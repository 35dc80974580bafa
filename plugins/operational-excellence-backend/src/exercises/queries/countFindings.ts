import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  allOf,
  queryRows,
  sql,
  SqlPart,
  textSet,
  withTables,
} from '../../database';
import { FROM_FINDINGS } from '../../findings/queries/findingSelect';
import { stageSql } from '../../findings/queries/stageSql';
import {
  visibleConditions,
  visibleTables,
} from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';

/** How many findings some exercises have, and how many of them are not closed. */
export async function countFindings(
  db: Knex,
  exerciseIds: readonly string[],
  visibility: Visibility,
  now: Instant,
): Promise<Map<string, { count: number; open: number }>> {
  if (!exerciseIds.length) return new Map();
  const set = textSet(db, exerciseIds);
  const ofExercises: SqlPart = {
    sql: set.includes('f.exercise_id'),
    bindings: [set.binding],
  };
  const conditions = [ofExercises, ...visibleConditions(visibility)];
  const statement = sql`${withTables(visibleTables(db, visibility))}
    select f.exercise_id, count(*) as total,
      sum(case when (${stageSql(now)}) = 'closed' then 0 else 1 end) as open
    ${FROM_FINDINGS} where ${allOf(conditions)} group by f.exercise_id`;
  const rows = await queryRows<{
    exercise_id: string;
    total: number | string;
    open: number | string;
  }>(db, statement.sql, statement.bindings);
  return new Map(
    rows.map(row => [
      row.exercise_id,
      { count: Number(row.total), open: Number(row.open) },
    ]),
  );
}
