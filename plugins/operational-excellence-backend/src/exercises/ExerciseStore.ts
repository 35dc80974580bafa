import { ConflictError } from '@backstage/errors';
import {
  ApprovalDecision,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  Columns,
  idSet,
  insertSql,
  instantOf,
  isPostgres,
  queryRows,
  storableText,
  StoredInstant,
} from '../database';
import {
  exerciseColumns,
  ExerciseCourse,
  exerciseOfRow,
  ExercisePlan,
  ExerciseRow,
  StoredExercise,
} from './exerciseRows';

/** By which a submission that is sent again is known. */
export interface SubmissionIdentity {
  by: string;
  key: string;
  /** Of all that was sent with the key. */
  hash: string;
}

/** An exercise as it is created. */
export interface NewExercise extends ExercisePlan, ExerciseCourse {
  id: string;
  planHash: string;
  createdBy: string;
  createdAt: Instant;
  submission: SubmissionIdentity;
}

/** What somebody decided on the plan of an exercise. */
export interface Approval {
  /** As the policy names who has to approve. */
  approver: string;
  planHash: string;
  decision: ApprovalDecision;
  decidedBy: string;
  decidedAt: Instant;
  comment: string | null;
}

/** What somebody wrote into the log of an exercise. */
export interface NewLogEntry {
  id: string;
  exerciseId: string;
  at: Instant;
  by: string;
  text: string;
  key: string;
}

const serviceColumns: Columns<{ exercise_id: string; service_id: number }> = {
  exercise_id: 'text',
  service_id: 'integer',
};

/** Keeps exercises, cancelled ones included. */
export class ExerciseStore {
  static create(): ExerciseStore {
    return new ExerciseStore();
  }

  private constructor() {}

  /**
   * Adds an exercise, unless its key was used before. Of two submissions with one
   * key at once, the second waits for the first.
   *
   * @returns whether it was added
   */
  async add(
    tx: Knex.Transaction,
    exercise: NewExercise,
    serviceIds: readonly number[],
  ): Promise<boolean> {
    const insert = tx('exercises').insert({
      ...exerciseColumns(exercise),
      id: exercise.id,
      version: 1,
      plan_hash: exercise.planHash,
      created_by: storableText(exercise.createdBy),
      submission_key: exercise.submission.key,
      submission_hash: exercise.submission.hash,
      created_at: exercise.createdAt,
      updated_by: storableText(exercise.createdBy),
      updated_at: exercise.createdAt,
    });
    const added = await insert
      .onConflict(['created_by', 'submission_key'])
      .ignore()
      .returning('id');
    if (!added.length) return false;
    await this.setServices(tx, exercise.id, serviceIds);
    return true;
  }

  /**
   * The id of what somebody submitted with a key.
   *
   * @throws ConflictError where that is something else
   */
  async submitted(
    db: Knex,
    submission: SubmissionIdentity,
  ): Promise<string | undefined> {
    const earlier = await db('exercises')
      .where({
        created_by: storableText(submission.by),
        submission_key: submission.key,
      })
      .first('id', 'submission_hash');
    if (earlier && earlier.submission_hash !== submission.hash) {
      throw new ConflictError(
        'The key was already used for another exercise; take a new one for each',
      );
    }
    return earlier?.id;
  }

  /**
   * An exercise that is to be changed. Of two changes at once, the second one
   * waits here until the first one is through, and so sees its version. What only
   * refers to the exercise does not wait.
   */
  async lock(
    tx: Knex.Transaction,
    id: string,
  ): Promise<StoredExercise | undefined> {
    const [row] = await queryRows<ExerciseRow>(
      tx,
      `select * from exercises where id = ?
       ${isPostgres(tx) ? 'for no key update' : ''}`,
      [storableText(id)],
    );
    return row && exerciseOfRow(row);
  }

  /** Writes what was changed as the next version. */
  async update(
    tx: Knex.Transaction,
    exercise: StoredExercise,
    options: { by: string; at: Instant },
  ): Promise<void> {
    await tx('exercises')
      .where({ id: exercise.id })
      .update({
        ...exerciseColumns(exercise),
        version: exercise.version + 1,
        plan_hash: exercise.planHash,
        updated_by: storableText(options.by),
        updated_at: options.at,
      });
  }

  async serviceIds(db: Knex, exerciseId: string): Promise<number[]> {
    return db('exercise_services')
      .where({ exercise_id: exerciseId })
      .orderBy('service_id')
      .pluck('service_id');
  }

  /** Lets an exercise be of these services, and of no others. */
  async setServices(
    tx: Knex.Transaction,
    exerciseId: string,
    serviceIds: readonly number[],
  ): Promise<void> {
    const set = idSet(tx, serviceIds);
    await tx.raw(
      `delete from exercise_services
       where exercise_id = ? and not (${set.includes('service_id')})`,
      [exerciseId, set.binding],
    );
    await tx.raw(
      `${insertSql(tx, 'exercise_services', serviceColumns)}
       on conflict do nothing`,
      [
        JSON.stringify(
          serviceIds.map(service_id => ({
            exercise_id: exerciseId,
            service_id,
          })),
        ),
      ],
    );
  }

  /** The ids of the policies that apply to the services of an exercise. */
  async policyIds(db: Knex, serviceIds: readonly number[]): Promise<string[]> {
    const set = idSet(db, serviceIds);
    const rows = await queryRows<{ policy_id: string }>(
      db,
      `select distinct policy_id from services
       where ${set.includes('id')} and removed_at is null
         and policy_id is not null order by policy_id`,
      [set.binding],
    );
    return rows.map(({ policy_id: id }) => id);
  }

  async hasEnvironment(db: Knex, id: string): Promise<boolean> {
    const environment = await db('environments')
      .where({ id: storableText(id) })
      .first('id');
    return environment !== undefined;
  }

  /** What was decided on the plan as it is. */
  async approvals(
    db: Knex,
    { id, planHash }: { id: string; planHash: string },
  ): Promise<Approval[]> {
    const rows: {
      approver: string;
      decision: ApprovalDecision;
      decided_by: string;
      decided_at: StoredInstant;
      comment: string | null;
    }[] = await db('exercise_approvals')
      .where({ exercise_id: id, plan_hash: planHash })
      .orderBy('decided_at')
      .select();
    return rows.map(row => ({
      approver: row.approver,
      planHash,
      decision: row.decision,
      decidedBy: row.decided_by,
      decidedAt: instantOf(row.decided_at),
      comment: row.comment,
    }));
  }

  /** Puts down a decision in the place of what was decided for the same approver. */
  async decide(
    tx: Knex.Transaction,
    exerciseId: string,
    approval: Approval,
  ): Promise<void> {
    await tx('exercise_approvals')
      .insert({
        exercise_id: exerciseId,
        approver: storableText(approval.approver),
        plan_hash: approval.planHash,
        decision: approval.decision,
        decided_by: storableText(approval.decidedBy),
        decided_at: approval.decidedAt,
        comment: storableText(approval.comment),
      })
      .onConflict(['exercise_id', 'approver'])
      .merge();
  }

  /**
   * Adds an entry to the log, unless its key was used before. Of two with one key
   * at once, the second waits for the first.
   *
   * @returns the one that was there before
   */
  async log(
    db: Knex,
    entry: NewLogEntry,
  ): Promise<Pick<NewLogEntry, 'exerciseId' | 'at' | 'text'> | undefined> {
    const by = storableText(entry.by);
    const [added] = await db('exercise_log')
      .insert({
        id: entry.id,
        exercise_id: entry.exerciseId,
        at: entry.at,
        by,
        text: storableText(entry.text),
        submission_key: entry.key,
      })
      .onConflict(['by', 'submission_key'])
      .ignore()
      .returning('id');
    if (added) return undefined;
    const earlier = await db('exercise_log')
      .where({ by, submission_key: entry.key })
      .first('exercise_id', 'at', 'text');
    return {
      exerciseId: earlier.exercise_id,
      at: instantOf(earlier.at),
      text: earlier.text,
    };
  }

  /** Links an experiment by hand, also one that was taken away before. */
  async link(
    db: Knex,
    exerciseId: string,
    experimentId: number,
  ): Promise<void> {
    await db('exercise_experiments')
      .insert({
        exercise_id: exerciseId,
        experiment_id: experimentId,
        linked_by: 'person',
        removed: false,
      })
      .onConflict(['exercise_id', 'experiment_id'])
      .merge({
        removed: false,
        // What carries the tag keeps saying so.
        linked_by: db.raw(
          `case when exercise_experiments.removed then 'person'
           else exercise_experiments.linked_by end`,
        ),
      });
  }

  /** Takes an experiment away; its tag does not bring it back. */
  async unlink(
    db: Knex,
    exerciseId: string,
    experimentId: number,
  ): Promise<void> {
    await db('exercise_experiments')
      .where({ exercise_id: exerciseId, experiment_id: experimentId })
      .update({ removed: true });
  }
}
