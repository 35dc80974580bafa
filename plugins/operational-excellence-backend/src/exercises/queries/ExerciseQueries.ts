import {
  Exercise,
  ExerciseDetail,
  ExerciseLogEntry,
  ExerciseQuery,
  exerciseWindow,
  EXERCISE_TAG,
  ExperimentSuggestions,
  Instant,
  Page,
  Policy,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  allOf,
  bound,
  instantOf,
  queryRows,
  sql,
  storableText,
  StoredInstant,
  textSet,
  withTables,
} from '../../database';
import { FindingQueries } from '../../findings/queries';
import { lowerCase } from '../../services/serviceFilters';
import { isVisible, visibleTables } from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import { exerciseOfRow } from '../exerciseRows';
import {
  EXERCISE_COLUMNS,
  FROM_EXERCISES,
  ofVisibleService,
  ShownExerciseRow,
} from './exerciseSelect';
import {
  linkedExperimentId,
  readLinked,
  readSuggestions,
  visibleExperimentId,
} from './experimentLinks';
import { listExercises } from './listExercises';
import { ExerciseServices, readServices } from './readServices';
import { showExercises, ShownExercise } from './shownExercise';

/** How many entries of a log are shown; the newest ones. */
const MOST_LOGGED = 1_000;

export interface ExerciseQueriesOptions {
  db: Knex;
  findings: Pick<FindingQueries, 'ofExercise'>;
  policies: readonly Policy[];
  now?: () => Instant;
}

/** Names an experiment. */
interface ExperimentRef {
  sourceId: string;
  experimentId: string;
}

/**
 * Reads exercises, as far as they are visible: those of which at least one
 * service is. Each answer takes a constant number of queries.
 */
export class ExerciseQueries {
  readonly #db: Knex;
  readonly #findings: Pick<FindingQueries, 'ofExercise'>;
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #now: () => Instant;

  static create(options: ExerciseQueriesOptions) {
    return new ExerciseQueries(options);
  }

  private constructor(options: ExerciseQueriesOptions) {
    this.#db = options.db;
    this.#findings = options.findings;
    this.#policies = new Map(options.policies.map(item => [item.id, item]));
    this.#now = options.now ?? Date.now;
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: ExerciseQuery,
    visibility: Visibility,
  ): Promise<Page<Exercise>> {
    const policies = this.#policies;
    return listExercises(this.#db, query, visibility, {
      now: this.#now(),
      policies,
    });
  }

  /**
   * An exercise, without whether the caller may decide on it; `undefined` where
   * there is none, or it is not visible.
   */
  async get(
    id: string,
    visibility: Visibility,
  ): Promise<Omit<ExerciseDetail, 'mayDecide'> | undefined> {
    const shown = await this.#read(id, visibility);
    if (!shown) return undefined;
    const [log, experiments, findings] = await Promise.all([
      this.#log(id),
      readLinked(this.#db, id, visibility),
      this.#findings.ofExercise(id, visibility, this.#now()),
    ]);
    const exercise = exerciseOfRow(shown.row);
    return {
      ...shown.item,
      roles: exercise.roles,
      scope: exercise.scope,
      hypothesis: exercise.hypothesis,
      hypothesisBound: exercise.hypothesisBound,
      steadyState: exercise.steadyState,
      blastRadius: exercise.blastRadius,
      stopConditions: exercise.stopConditions,
      abortOwner: exercise.abortOwner,
      rollbackTried: exercise.rollbackTried,
      prerequisites: exercise.prerequisites,
      surprises: exercise.surprises,
      cancelReason: exercise.cancelReason,
      approvals: shown.approvals.map(({ approval, approver }) => ({
        approver,
        decision: approval?.decision ?? null,
        decidedBy: approval?.decidedBy ?? null,
        decidedAt: toIsoInstant(approval?.decidedAt ?? null),
        comment: approval?.comment ?? null,
      })),
      log,
      experiments,
      findings,
      tag: { key: EXERCISE_TAG, value: id },
      createdBy: exercise.createdBy,
      createdAt: toIsoInstant(exercise.createdAt),
      updatedBy: exercise.updatedBy,
      updatedAt: toIsoInstant(exercise.updatedAt),
    };
  }

  /** `undefined` where there is no such exercise, or it is not visible. */
  async services(
    id: string,
    visibility: Visibility,
  ): Promise<ExerciseServices | undefined> {
    const services = await readServices(this.#db, [id], visibility);
    const ofExercise = services.get(id);
    return ofExercise?.visible.length ? ofExercise : undefined;
  }

  /** The ids of those of some services that are known and visible. */
  async serviceIds(
    entityRefs: readonly string[],
    visibility: Visibility,
  ): Promise<Map<string, number>> {
    const set = textSet(
      this.#db,
      entityRefs.map(ref => storableText(lowerCase(ref))),
    );
    const rows = await queryRows<{ entity_ref: string; service_id: number }>(
      this.#db,
      `select entity_ref, service_id from service_status
       where ${set.includes('entity_ref')}`,
      [set.binding],
    );
    return new Map(
      rows
        .filter(row => isVisible(row.entity_ref, visibility))
        .map(row => [row.entity_ref, row.service_id]),
    );
  }

  /** `undefined` where there is no such exercise, or it is not visible. */
  async suggestions(
    id: string,
    visibility: Visibility,
  ): Promise<ExperimentSuggestions | undefined> {
    const [row] = await this.#rows(id, visibility);
    const services = row && (await this.services(id, visibility));
    if (!services) return undefined;
    const now = this.#now();
    const items = await readSuggestions(
      this.#db,
      {
        id,
        serviceIds: services.visible.map(service => service.id),
        window: exerciseWindow(exerciseOfRow(row), now),
      },
      now,
    );
    return { items };
  }

  /** `undefined` where there is no such experiment, or it is not visible. */
  async experimentId(
    experiment: ExperimentRef,
    visibility: Visibility,
  ): Promise<number | undefined> {
    return visibleExperimentId(this.#db, experiment, visibility);
  }

  /** `undefined` where it is not linked to the exercise, or is not visible. */
  async linkedExperimentId(
    id: string,
    experiment: ExperimentRef,
    visibility: Visibility,
  ): Promise<number | undefined> {
    return linkedExperimentId(this.#db, id, experiment, visibility);
  }

  async #read(
    id: string,
    visibility: Visibility,
  ): Promise<ShownExercise | undefined> {
    const rows = await this.#rows(id, visibility);
    const [shown] = await showExercises(this.#db, rows, {
      now: this.#now(),
      policies: this.#policies,
      visibility,
    });
    return shown;
  }

  async #rows(id: string, visibility: Visibility): Promise<ShownExerciseRow[]> {
    const conditions = [
      sql`x.id = ${bound(storableText(id))}`,
      ofVisibleService(visibility),
    ];
    const statement = sql`${withTables(visibleTables(this.#db, visibility))}
      select ${EXERCISE_COLUMNS} ${FROM_EXERCISES}
      where ${allOf(conditions)}`;
    return queryRows(this.#db, statement.sql, statement.bindings);
  }

  async #log(id: string): Promise<ExerciseLogEntry[]> {
    const rows = await queryRows<{
      id: string;
      at: StoredInstant;
      by: string;
      text: string;
    }>(
      this.#db,
      `select id, at, "by", text from exercise_log where exercise_id = ?
       order by at desc, sequence desc limit ?`,
      [id, MOST_LOGGED],
    );
    return rows
      .map(row => ({ ...row, at: toIsoInstant(instantOf(row.at)) }))
      .reverse();
  }
}
