import { ConflictError, InputError } from '@backstage/errors';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  isPostgres,
  queryPrepared,
  queryRows,
  storableText,
} from '../database';
import { EvaluationStore } from '../evaluations/EvaluationStore';
import { nowSql } from '../sync/databaseTime';
import {
  AttemptColumns,
  Destination,
  destinationColumns,
  ImprovementRow,
  improvementOfRow,
  ImprovementWording,
  StoredImprovement,
  wordingColumns,
} from './improvementRows';

/** By which a submission that is sent again is known. */
export interface SubmissionIdentity {
  filedBy: string;
  submissionKey: string;
  /** Of all that was sent with the key. */
  submissionHash: string;
}

/** An improvement as it is submitted. */
export interface NewImprovement extends ImprovementWording, SubmissionIdentity {
  id: string;
  serviceId: number;
  createdAt: Instant;
  alternativeTo: string | null;
  destination: Destination;
}

/** Keeps improvements that were filed from the portal. */
export class ImprovementStore {
  static create(): ImprovementStore {
    return new ImprovementStore();
  }

  private constructor() {}

  /**
   * Queues an improvement to be filed, unless its key was used before. Of two
   * submissions with one key at once, the second waits for the first.
   *
   * @param attempt - what is written of the first attempt to file it, where that
   * begins at once
   * @returns what was stored; `undefined` where the key was used before
   */
  async add(
    db: Knex,
    improvement: NewImprovement,
    attempt: AttemptColumns = {},
  ): Promise<StoredImprovement | undefined> {
    const row = {
      ...wordingColumns(improvement),
      ...destinationColumns(improvement.destination),
      id: improvement.id,
      service_id: improvement.serviceId,
      filed_by: storableText(improvement.filedBy),
      submission_key: improvement.submissionKey,
      submission_hash: improvement.submissionHash,
      created_at: improvement.createdAt,
      alternative_to: improvement.alternativeTo,
      delivery_state: 'queued',
      next_attempt_at: db.raw(nowSql(db)),
      ...attempt,
    };
    const [added] = await db('improvements')
      .insert(row)
      .onConflict(['filed_by', 'submission_key'])
      .ignore()
      .returning('*');
    return added && improvementOfRow(added);
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
    const [earlier] = await queryPrepared<
      Pick<ImprovementRow, 'id' | 'submission_hash'>
    >(
      db,
      `select id, submission_hash from improvements
       where filed_by = ? and submission_key = ?`,
      [storableText(submission.filedBy), submission.submissionKey],
    );
    if (earlier && earlier.submission_hash !== submission.submissionHash) {
      throw new ConflictError(
        'The key was already used for another improvement; take a new one for each',
      );
    }
    return earlier?.id;
  }

  async get(db: Knex, id: string): Promise<StoredImprovement | undefined> {
    const row = await db<ImprovementRow>('improvements')
      .where({ id: storableText(id) })
      .first();
    return row && improvementOfRow(row);
  }

  /**
   * Queues an improvement again that its tracker refused, with what was corrected
   * of it. One that stands as corrected and is not refused stays as it is: a
   * correction that comes twice is one.
   *
   * @throws ConflictError where it was not refused
   */
  async correct(
    tx: Knex.Transaction,
    id: string,
    correction: ImprovementWording & { destination: Destination },
  ): Promise<void> {
    const columns = {
      ...wordingColumns(correction),
      ...destinationColumns(correction.destination),
    };
    const [current] = await queryRows<ImprovementRow>(
      tx,
      `select * from improvements where id = ?
       ${isPostgres(tx) ? 'for update' : ''}`,
      [id],
    );
    if (current.delivery_state === 'rejected') {
      await tx('improvements')
        .where({ id })
        .update({
          ...columns,
          delivery_state: 'queued',
          failures: 0,
          reason: null,
          next_attempt_at: tx.raw(nowSql(tx)),
        });
      return;
    }
    const isSame = Object.entries(columns).every(
      ([name, value]) => current[name as keyof ImprovementRow] === value,
    );
    if (!isSame) {
      throw new ConflictError(
        current.delivery_state === 'filed'
          ? `The improvement is filed as ${current.ticket_key}; change it in its tracker`
          : 'The improvement is on its way to its tracker; it can be corrected once that refused it',
      );
    }
  }

  /** @throws InputError where it is none of the same service that was not met */
  async requireAlternativeTo(
    db: Knex,
    options: { id: string; serviceId: number },
  ): Promise<void> {
    const earlier = await this.get(db, options.id);
    if (earlier?.serviceId !== options.serviceId) {
      throw new InputError(
        `Invalid body property alternativeTo: expected the id of an improvement of the same service, given ${JSON.stringify(
          options.id,
        )}`,
      );
    }
    const evaluated = await EvaluationStore.create().improvement(
      db,
      options.id,
    );
    if (evaluated?.verdict !== 'not-met') {
      throw new InputError(
        `Invalid body property alternativeTo: expected an improvement whose evaluation is not-met, ${
          evaluated?.verdict
            ? `this one is evaluated as ${evaluated.verdict}`
            : 'this one is not evaluated since it was last done'
        }`,
      );
    }
  }
}
