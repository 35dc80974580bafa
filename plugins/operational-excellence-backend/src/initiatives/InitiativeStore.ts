import { ConflictError } from '@backstage/errors';
import {
  initiativeEndsAt,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf, isPostgres, queryRows, storableText } from '../database';
import { InitiativePlan, InitiativeRow } from './initiativeRows';
import { nextReminderAt } from './reminders';

/** An initiative as it is created. */
export interface NewInitiative {
  id: string;
  plan: InitiativePlan;
  createdBy: string;
  createdAt: Instant;
  /** When owners are reminded of it first; `null`: never. */
  nextReminderAt: Instant | null;
  submissionKey: string;
  /** Of all that was sent with the key. */
  submissionHash: string;
}

/** Keeps initiatives. */
export class InitiativeStore {
  static create(): InitiativeStore {
    return new InitiativeStore();
  }

  private constructor() {}

  /**
   * Adds an initiative, unless its key was used before. Of two with one key at
   * once, the second waits for the first.
   *
   * @returns whether it was added
   */
  async add(tx: Knex.Transaction, initiative: NewInitiative): Promise<boolean> {
    const { createdAt, id, plan } = initiative;
    const createdBy = storableText(initiative.createdBy);
    const added = await tx('initiatives')
      .insert({
        ...planColumns(plan),
        id,
        version: 1,
        created_by: createdBy,
        created_at: createdAt,
        updated_by: createdBy,
        updated_at: createdAt,
        submission_key: initiative.submissionKey,
        submission_hash: initiative.submissionHash,
        next_reminder_at: initiative.nextReminderAt,
      })
      .onConflict(['created_by', 'submission_key'])
      .ignore()
      .returning('id');
    return added.length > 0;
  }

  /**
   * The id of what somebody submitted with a key.
   *
   * @throws ConflictError where that is something else
   */
  async submitted(
    db: Knex,
    submission: Pick<
      NewInitiative,
      'createdBy' | 'submissionHash' | 'submissionKey'
    >,
  ): Promise<string | undefined> {
    const earlier = await db<InitiativeRow & { submission_key: string }>(
      'initiatives',
    )
      .where({
        created_by: storableText(submission.createdBy),
        submission_key: submission.submissionKey,
      })
      .first('id', 'submission_hash');
    if (earlier && earlier.submission_hash !== submission.submissionHash) {
      throw new ConflictError(
        'The key was already used for another initiative; take a new one for each',
      );
    }
    return earlier?.id;
  }

  /** An initiative that nobody else changes until the transaction ends. */
  async lock(
    tx: Knex.Transaction,
    id: string,
  ): Promise<InitiativeRow | undefined> {
    const [row] = await queryRows<InitiativeRow>(
      tx,
      `select * from initiatives where id = ?
       ${isPostgres(tx) ? 'for update' : ''}`,
      [storableText(id)],
    );
    return row;
  }

  /** Another last day brings its own reminders; those that are past are not sent. */
  async change(
    tx: Knex.Transaction,
    current: InitiativeRow,
    change: { plan: InitiativePlan; changedBy: string; changedAt: Instant },
  ): Promise<void> {
    const { changedAt, changedBy, plan } = change;
    const endsAt = initiativeEndsAt(plan.dueOn);
    await tx('initiatives')
      .where({ sequence: current.sequence })
      .update({
        ...planColumns(plan),
        version: current.version + 1,
        updated_by: storableText(changedBy),
        updated_at: changedAt,
        ...(endsAt !== instantOf(current.ends_at) && {
          next_reminder_at: nextReminderAt(endsAt, changedAt),
        }),
      });
  }

  async close(
    tx: Knex.Transaction,
    current: InitiativeRow,
    closing: {
      note: string | null;
      progress: object;
      closedBy: string;
      closedAt: Instant;
    },
  ): Promise<void> {
    const { closedAt, closedBy, note, progress } = closing;
    await tx('initiatives')
      .where({ sequence: current.sequence })
      .update({
        version: current.version + 1,
        updated_by: storableText(closedBy),
        updated_at: closedAt,
        closed_by: storableText(closedBy),
        closed_at: closedAt,
        closing_note: storableText(note),
        progress: JSON.stringify(progress),
        next_reminder_at: null,
      });
  }
}

function planColumns(plan: InitiativePlan) {
  return {
    title: storableText(plan.title),
    description: storableText(plan.description),
    filter: JSON.stringify(plan.filter),
    goal: JSON.stringify(plan.goal),
    due_on: plan.dueOn,
    ends_at: initiativeEndsAt(plan.dueOn),
  };
}
