import {
  ExperimentState,
  Instant,
  LinkedExperiment,
  TimeSpan,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  allOf,
  bound,
  idSet,
  instantOf,
  queryRows,
  sql,
  SqlPart,
  storableText,
  StoredBoolean,
  StoredInstant,
  textSet,
  withTables,
} from '../../database';
import { UNGUARDED_RUN_SQL } from '../../guardrails/unguarded';
import {
  visibleConditions,
  visibleTables,
} from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import { withinSql } from './withinSql';

/** How many experiments are suggested; the newest ones. */
const MOST_SUGGESTIONS = 50;

/** How many experiments of one exercise are shown; the newest ones. */
const MOST_LINKED = 200;

interface ExperimentRow {
  id: number;
  source_id: string;
  external_id: string;
  title: string;
  url: string | null;
  state: ExperimentState;
  reason: string | null;
  started_at: StoredInstant | null;
  ended_at: StoredInstant | null;
  dry_run: StoredBoolean;
  stop_conditions: string;
}

type SuggestedExperiment = Omit<LinkedExperiment, 'linkedBy'>;

const COLUMNS = `e.id, e.source_id, e.external_id, e.title, e.url, e.state,
  e.reason, e.started_at, e.ended_at, e.dry_run, e.stop_conditions`;

const MATCHED_SERVICES = `select 1 from experiment_matches m
  join service_status st on st.service_id = m.service_id`;

/**
 * The condition that the caller may see experiment `e` of an exercise that they
 * see: it exercises a service that they see, or none at all, such as one that
 * names nothing but the exercise.
 */
function visibleLink(visibility: Visibility): SqlPart[] {
  if (visibility.kind === 'all') return [];
  return [
    sql`not exists (${MATCHED_SERVICES} where m.experiment_id = e.id)
      or ${exercisesVisible(visibility)}`,
  ];
}

function exercisesVisible(visibility: Visibility): SqlPart {
  return sql`exists (${MATCHED_SERVICES}
    where m.experiment_id = e.id and ${allOf(visibleConditions(visibility))})`;
}

/** How many experiments some exercises have, and whether all were guarded. */
export async function countExperiments(
  db: Knex,
  exerciseIds: readonly string[],
  visibility: Visibility,
): Promise<Map<string, { count: number; unguarded: boolean }>> {
  if (!exerciseIds.length) return new Map();
  const set = textSet(db, exerciseIds);
  const ofExercises: SqlPart = {
    sql: set.includes('xe.exercise_id'),
    bindings: [set.binding],
  };
  const statement = sql`${withTables(visibleTables(db, visibility))}
    select xe.exercise_id, count(*) as total,
      sum(case when ${UNGUARDED_RUN_SQL} then 1 else 0 end) as unguarded
    from exercise_experiments xe
    join experiments e on e.id = xe.experiment_id
    where ${allOf([
      ofExercises,
      sql`not xe.removed`,
      ...visibleLink(visibility),
    ])}
    group by xe.exercise_id`;
  const rows = await queryRows<{
    exercise_id: string;
    total: number | string;
    unguarded: number | string;
  }>(db, statement.sql, statement.bindings);
  return new Map(
    rows.map(row => [
      row.exercise_id,
      { count: Number(row.total), unguarded: Number(row.unguarded) > 0 },
    ]),
  );
}

/** The experiments of an exercise, newest first. */
export async function readLinked(
  db: Knex,
  exerciseId: string,
  visibility: Visibility,
): Promise<LinkedExperiment[]> {
  const conditions = [
    sql`xe.exercise_id = ${bound(exerciseId)}`,
    sql`not xe.removed`,
    ...visibleLink(visibility),
  ];
  const statement = sql`${withTables(visibleTables(db, visibility))}
    select ${COLUMNS}, xe.linked_by from exercise_experiments xe
    join experiments e on e.id = xe.experiment_id
    where ${allOf(conditions)}
    order by e.created_at desc, e.id desc limit ${bound(MOST_LINKED)}`;
  const rows = await queryRows<
    ExperimentRow & { linked_by: LinkedExperiment['linkedBy'] }
  >(db, statement.sql, statement.bindings);
  return rows.map(row => ({ ...shown(row), linkedBy: row.linked_by }));
}

/**
 * Experiments of some services in a span of time that are not linked to an
 * exercise, newest first.
 */
export async function readSuggestions(
  db: Knex,
  exercise: { id: string; serviceIds: readonly number[]; window: TimeSpan },
  now: Instant,
): Promise<SuggestedExperiment[]> {
  const set = idSet(db, exercise.serviceIds);
  const ofServices: SqlPart = {
    sql: `e.id in (select experiment_id from experiment_matches
      where ${set.includes('service_id')})`,
    bindings: [set.binding],
  };
  const unlinked = sql`not exists (select 1 from exercise_experiments xe
    where xe.experiment_id = e.id and not xe.removed
      and xe.exercise_id = ${bound(exercise.id)})`;
  const statement = sql`select ${COLUMNS} from experiments e
    where ${allOf([ofServices, withinSql(exercise.window, now), unlinked])}
    order by e.created_at desc, e.id desc limit ${bound(MOST_SUGGESTIONS)}`;
  const rows = await queryRows<ExperimentRow>(
    db,
    statement.sql,
    statement.bindings,
  );
  return rows.map(shown);
}

/**
 * The id of an experiment that the caller may see, as lists of experiments show
 * it: one that exercises a service that they see, or any for who sees all.
 */
export async function visibleExperimentId(
  db: Knex,
  experiment: { sourceId: string; experimentId: string },
  visibility: Visibility,
): Promise<number | undefined> {
  const conditions = [
    sql`e.source_id = ${bound(storableText(experiment.sourceId))}`,
    sql`e.external_id = ${bound(storableText(experiment.experimentId))}`,
    ...(visibility.kind === 'all' ? [] : [exercisesVisible(visibility)]),
  ];
  const statement = sql`${withTables(visibleTables(db, visibility))}
    select e.id from experiments e where ${allOf(conditions)}`;
  const [row] = await queryRows<{ id: number }>(
    db,
    statement.sql,
    statement.bindings,
  );
  return row?.id;
}

/** The id of an experiment that is linked to an exercise, and shown with it. */
export async function linkedExperimentId(
  db: Knex,
  exerciseId: string,
  experiment: { sourceId: string; experimentId: string },
  visibility: Visibility,
): Promise<number | undefined> {
  const conditions = [
    sql`xe.exercise_id = ${bound(exerciseId)}`,
    sql`e.source_id = ${bound(storableText(experiment.sourceId))}`,
    sql`e.external_id = ${bound(storableText(experiment.experimentId))}`,
    ...visibleLink(visibility),
  ];
  const statement = sql`${withTables(visibleTables(db, visibility))}
    select e.id from exercise_experiments xe
    join experiments e on e.id = xe.experiment_id where ${allOf(conditions)}`;
  const [row] = await queryRows<{ id: number }>(
    db,
    statement.sql,
    statement.bindings,
  );
  return row?.id;
}

function shown(row: ExperimentRow): SuggestedExperiment {
  return {
    sourceId: row.source_id,
    id: row.external_id,
    title: row.title,
    url: row.url,
    state: row.state,
    reason: row.reason,
    startedAt: toIsoInstant(instantOf(row.started_at)),
    endedAt: toIsoInstant(instantOf(row.ended_at)),
    dryRun: Boolean(row.dry_run),
    hasStopConditions: row.stop_conditions !== '[]',
  };
}
