import {
  Finding,
  FindingQuery,
  Instant,
  Page,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  allOf,
  bound,
  queryRows,
  sql,
  storableText,
  withTables,
} from '../../database';
import { visibleServiceId } from '../../services/visibleServiceId';
import {
  visibleConditions,
  visibleTables,
} from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import {
  FINDING_COLUMNS,
  FROM_FINDINGS,
  ShownFindingRow,
} from './findingSelect';
import { listFindings, showFindings } from './listFindings';

/** How many findings are shown with their exercise; all are in `GET /findings`. */
const MAX_OF_EXERCISE = 200;

export interface FindingQueriesOptions {
  db: Knex;
  policies: readonly Policy[];
}

/** Reads what exercises and readiness tests brought to light. */
export class FindingQueries {
  readonly #db: Knex;
  readonly #policies: ReadonlyMap<string, Policy>;

  static create(options: FindingQueriesOptions) {
    return new FindingQueries(options);
  }

  private constructor({ db, policies }: FindingQueriesOptions) {
    this.#db = db;
    this.#policies = new Map(policies.map(policy => [policy.id, policy]));
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: FindingQuery,
    visibility: Visibility,
    now: Instant,
  ): Promise<Page<Finding>> {
    const policies = this.#policies;
    return listFindings(this.#db, query, visibility, { now, policies });
  }

  /** The first findings of an exercise, of services that are visible. */
  async ofExercise(
    exerciseId: string,
    visibility: Visibility,
    now: Instant,
  ): Promise<Finding[]> {
    const db = this.#db;
    const isOfExercise = sql`f.exercise_id = ${bound(
      storableText(exerciseId),
    )}`;
    const statement = sql`${withTables(visibleTables(db, visibility))}
      select ${FINDING_COLUMNS} ${FROM_FINDINGS}
      where ${allOf([isOfExercise, ...visibleConditions(visibility)])}
      order by f.created_at, f.sequence limit ${bound(MAX_OF_EXERCISE)}`;
    return this.#show(
      await queryRows<ShownFindingRow>(db, statement.sql, statement.bindings),
      now,
    );
  }

  /**
   * A finding, whoever may see it; `undefined` where there is none, or its service
   * is not in the catalog any more.
   */
  async read(id: string, now: Instant): Promise<Finding | undefined> {
    const rows = await queryRows<ShownFindingRow>(
      this.#db,
      `select ${FINDING_COLUMNS} ${FROM_FINDINGS} where f.id = ?`,
      [storableText(id)],
    );
    const [finding] = await this.#show(rows, now);
    return finding;
  }

  /** `undefined` where there is no such service, or it is not visible. */
  async serviceId(
    entityRef: string,
    visibility: Visibility,
  ): Promise<number | undefined> {
    return visibleServiceId(this.#db, entityRef, visibility);
  }

  async #show(rows: readonly ShownFindingRow[], now: Instant) {
    const policies = this.#policies;
    return showFindings(this.#db, rows, { now, policies });
  }
}
