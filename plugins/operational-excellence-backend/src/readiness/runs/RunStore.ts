import { Knex } from 'knex';
import { isPostgres, queryRows, storableText } from '../../database';
import {
  AnswerRow,
  answerOfRow,
  identityColumns,
  ReadinessRun,
  rowOfAnswer,
  rowOfRun,
  RunIdentity,
  runOfRow,
  RunRow,
  StoredAnswer,
} from './runRows';

/** Keeps readiness tests and their answers. */
export class RunStore {
  static create(): RunStore {
    return new RunStore();
  }

  private constructor() {}

  /**
   * Adds a run, unless there is one that is known by the same. Of two at once,
   * the second waits for the first.
   *
   * @returns whether it was added
   */
  async add(
    tx: Knex.Transaction,
    run: ReadinessRun,
    identity: RunIdentity = {},
  ): Promise<boolean> {
    const added = await tx('readiness_runs')
      .insert({ ...rowOfRun(run), ...identityColumns(identity) })
      .onConflict()
      .ignore()
      .returning('id');
    return added.length > 0;
  }

  /** The id of what is known by that from outside. */
  async find(db: Knex, identity: RunReference): Promise<FoundRun | undefined> {
    const row = await db('readiness_runs')
      .where(
        'key' in identity
          ? {
              started_by: storableText(identity.startedBy),
              submission_key: identity.key,
            }
          : {
              reported_by: storableText(identity.reportedBy),
              external_id: storableText(identity.externalId),
            },
      )
      .first('id', 'submission_hash');
    return row && { id: row.id, submissionHash: row.submission_hash };
  }

  /** A run, in whichever state. */
  async get(db: Knex, id: string): Promise<ReadinessRun | undefined> {
    return this.#get(db, id);
  }

  /**
   * A run that is about to be changed: nobody else changes it meanwhile, or
   * answers an item of it.
   */
  async lock(
    tx: Knex.Transaction,
    id: string,
  ): Promise<ReadinessRun | undefined> {
    return this.#get(tx, id, 'for update');
  }

  /** A run of which an item is about to be answered: it stays in its state. */
  async hold(
    tx: Knex.Transaction,
    id: string,
  ): Promise<ReadinessRun | undefined> {
    return this.#get(tx, id, 'for share');
  }

  async #get(db: Knex, id: string, lock = '') {
    const [row] = await queryRows<RunRow>(
      db,
      `select * from readiness_runs where id = ? ${isPostgres(db) ? lock : ''}`,
      [storableText(id)],
    );
    return row && runOfRow(row);
  }

  /** Writes what became of a run that was locked. */
  async update(tx: Knex.Transaction, run: ReadinessRun): Promise<void> {
    const { id, ...columns } = rowOfRun(run);
    await tx('readiness_runs').where({ id }).update(columns);
  }

  /** All answers, those that were taken back as well. */
  async answers(db: Knex, runId: string): Promise<StoredAnswer[]> {
    const rows = await queryRows<AnswerRow>(
      db,
      'select * from readiness_answers where run_id = ? order by item_id',
      [storableText(runId)],
    );
    return rows.map(answerOfRow);
  }

  async answer(
    db: Knex,
    runId: string,
    itemId: string,
  ): Promise<StoredAnswer | undefined> {
    const [row] = await queryRows<AnswerRow>(
      db,
      'select * from readiness_answers where run_id = ? and item_id = ?',
      [storableText(runId), storableText(itemId)],
    );
    return row && answerOfRow(row);
  }

  /**
   * Writes an answer in the place of its version before.
   *
   * @returns whether that was still the newest one
   */
  async putAnswer(
    tx: Knex.Transaction,
    runId: string,
    answer: StoredAnswer,
  ): Promise<boolean> {
    const row = rowOfAnswer(runId, answer);
    if (answer.version === 1) {
      const added = await tx('readiness_answers')
        .insert(row)
        .onConflict(['run_id', 'item_id'])
        .ignore()
        .returning('version');
      return added.length > 0;
    }
    const updated = await tx('readiness_answers')
      .where({
        run_id: row.run_id,
        item_id: row.item_id,
        version: row.version - 1,
      })
      .update(row);
    return updated > 0;
  }
}

/** What a run is looked for by. */
export type RunReference =
  | { startedBy: string; key: string }
  | { reportedBy: string; externalId: string };

export interface FoundRun {
  id: string;
  submissionHash: string | null;
}
