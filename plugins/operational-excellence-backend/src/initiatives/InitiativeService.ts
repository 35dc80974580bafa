import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  InitiativeChange,
  InitiativeClosing,
  initiativeEndsAt,
  InitiativeSubmission,
  Instant,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import { instantOf } from '../database';
import { inTransaction } from '../sync/inTransaction';
import { InitiativePlan, InitiativeRow, planOf } from './initiativeRows';
import { InitiativeStore } from './InitiativeStore';
import { keepResults } from './keepResults';
import { nextReminderAt } from './reminders';
import { cleanNote, cleanPlan } from './wording';

export interface InitiativeServiceOptions {
  db: Knex;
  now?: () => Instant;
}

/** Keeps initiatives. */
export class InitiativeService {
  readonly #db: Knex;
  readonly #now: () => Instant;
  readonly #initiatives = InitiativeStore.create();

  static create(options: InitiativeServiceOptions) {
    return new InitiativeService(options);
  }

  private constructor({ db, now = Date.now }: InitiativeServiceOptions) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Creates an initiative; the same key is the same one.
   *
   * @param options - `allowPast`: whether its last day may be over; `createdAt`:
   * now, if left out
   * @throws InputError where its last day is over, or something of it makes no
   * sense
   * @throws ConflictError where the key was used for another one
   */
  async create(
    submission: InitiativeSubmission,
    options: { createdBy: string; allowPast?: boolean; createdAt?: Instant },
  ): Promise<{ id: string; isNew: boolean }> {
    const { key, ...given } = submission;
    const { allowPast = false, createdBy } = options;
    const now = this.#now();
    const plan = cleanPlan(given);
    const identity = {
      createdBy,
      submissionKey: key,
      submissionHash: hashOf(plan),
    };
    return inTransaction(this.#db, async tx => {
      const earlier = await this.#initiatives.submitted(tx, identity);
      if (earlier !== undefined) return { id: earlier, isNew: false };

      if (!allowPast) this.#requireToCome(plan.dueOn);
      const id = randomUUID();
      const isNew = await this.#initiatives.add(tx, {
        ...identity,
        id,
        plan,
        createdAt: options.createdAt ?? now,
        nextReminderAt: nextReminderAt(initiativeEndsAt(plan.dueOn), now),
      });
      if (isNew) return { id, isNew };
      // The same one was submitted a moment ago.
      return { id: (await this.#initiatives.submitted(tx, identity))!, isNew };
    });
  }

  /**
   * Changes an initiative.
   *
   * @throws NotFoundError where there is none
   * @throws ConflictError where somebody changed it in between, or it is closed
   * @throws InputError where its new last day is over, or something of it makes
   * no sense
   */
  async change(
    id: string,
    { version, ...change }: InitiativeChange,
    options: { changedBy: string },
  ): Promise<void> {
    await inTransaction(this.#db, async tx => {
      const current = await this.#lock(tx, id, version);
      const before = planOf(current);
      const given = Object.entries(change).filter(
        ([, value]) => value !== undefined,
      );
      const plan = cleanPlan({ ...before, ...Object.fromEntries(given) });
      if (plan.dueOn !== before.dueOn) this.#requireToCome(plan.dueOn);
      await this.#initiatives.change(tx, current, {
        plan,
        changedBy: options.changedBy,
        changedAt: this.#now(),
      });
    });
  }

  /**
   * Closes an initiative, and keeps how each service stands to it.
   *
   * @throws NotFoundError where there is none
   * @throws ConflictError where somebody changed it in between, or it is closed
   */
  async close(
    id: string,
    { note, version }: InitiativeClosing,
    options: { closedBy: string },
  ): Promise<void> {
    await inTransaction(this.#db, async tx => {
      const current = await this.#lock(tx, id, version);
      const closedAt = this.#now();
      await this.#initiatives.close(tx, current, {
        note: cleanNote(note),
        progress: await keepResults(tx, current, { now: closedAt }),
        closedBy: options.closedBy,
        closedAt,
      });
    });
  }

  /** What may be changed, by whoever knows how it is. */
  async #lock(tx: Knex.Transaction, id: string, version: number) {
    const current = await this.#initiatives.lock(tx, id);
    if (!current) throw noSuchInitiative(id);
    if (current.closed_at !== null) {
      throw new ConflictError(
        `The initiative was closed by ${current.closed_by} at ${toIsoInstant(
          instantOf(current.closed_at),
        )}, and stays as it was then`,
      );
    }
    if (current.version !== version) throw changedMeanwhile(current);
    return current;
  }

  #requireToCome(dueOn: string) {
    if (initiativeEndsAt(dueOn) > this.#now()) return;
    throw new InputError(
      `Invalid body property dueOn: ${dueOn} is over; expected a day that is not, in UTC`,
    );
  }
}

export function noSuchInitiative(id: string) {
  return new NotFoundError(
    `There is no initiative ${id.length > 100 ? `${id.slice(0, 100)}…` : id}`,
  );
}

/** Tells the second of two who it was that came first. */
function changedMeanwhile(current: InitiativeRow) {
  return new ConflictError(
    `The initiative was changed in between, by ${
      current.updated_by
    } at ${toIsoInstant(
      instantOf(current.updated_at),
    )}; load it again, and make your changes to that version`,
  );
}

function hashOf(plan: InitiativePlan): string {
  const { description, dueOn, filter, goal, title } = plan;
  const since = goal.kind === 'done-since' ? goal.since : null;
  return createHash('sha256')
    .update(
      JSON.stringify([
        title,
        description,
        filter,
        [goal.kind, goal.measure, since],
        dueOn,
      ]),
    )
    .digest('hex');
}
