import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  ApprovalDecision,
  approversOf,
  ExerciseChange,
  ExerciseLogSubmission,
  ExerciseSubmission,
  ExerciseTransition,
  heldTimesProblem,
  Instant,
  planTimesProblem,
  Policy,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { ExerciseRecord } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { FindingStore } from '../findings/FindingStore';
import { knownServiceId } from '../services/knownService';
import { StatusUpdater } from '../status';
import { inTransaction } from '../sync/inTransaction';
import { ExerciseCourse, ExercisePlan, StoredExercise } from './exerciseRows';
import {
  ExerciseStore,
  NewExercise,
  SubmissionIdentity,
} from './ExerciseStore';
import { planHash, recordHash, submissionHash } from './hashes';
import { planOfRecord } from './planOfRecord';
import { requireApproval } from './requireApproval';
import { held, moved } from './transitions';
import { changedPlan, planOf, requiredText, text } from './wording';

/** What is known of an exercise that is still to be held. */
const NOT_HELD: ExerciseCourse = {
  state: 'planned',
  startedAt: null,
  endedAt: null,
  outcome: null,
  surprises: null,
  cancelReason: null,
};

export interface ExerciseServiceOptions {
  db: Knex;
  policies: readonly Policy[];
  status: StatusUpdater;
  now?: () => Instant;
}

/**
 * Plans exercises, and puts down what became of them. The status of their
 * services follows at once.
 */
export class ExerciseService {
  readonly #db: Knex;
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #status: StatusUpdater;
  readonly #now: () => Instant;
  readonly #exercises = ExerciseStore.create();
  readonly #findings = FindingStore.create();

  static create(options: ExerciseServiceOptions) {
    return new ExerciseService(options);
  }

  private constructor(options: ExerciseServiceOptions) {
    this.#db = options.db;
    this.#policies = new Map(options.policies.map(item => [item.id, item]));
    this.#status = options.status;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Plans an exercise.
   *
   * @throws InputError where it would end before it begins
   * @throws NotFoundError where there is no such environment
   * @throws ConflictError where the key was used for another one
   */
  async create(
    submission: ExerciseSubmission,
    options: { serviceIds: readonly number[]; by: string },
  ): Promise<{ id: string; isNew: boolean }> {
    const { by, serviceIds } = options;
    const plan = planOf(submission);
    const identity = {
      by,
      key: submission.key,
      hash: submissionHash(plan, serviceIds),
    };
    return this.#add(
      { ...plan, ...NOT_HELD, submission: identity, createdBy: by },
      serviceIds,
    );
  }

  /**
   * Records an exercise that is planned, or was held, as somebody trusted tells.
   *
   * @returns its id
   * @throws ConflictError where the key was used for another one
   * @throws InputError where its times are impossible, or it is of no service
   * @throws NotFoundError where a service is not known
   */
  async record(record: ExerciseRecord): Promise<string> {
    const { entityRefs, held: course, key, recordedBy: by } = record;
    if (!entityRefs.length) {
      throw new InputError('An exercise is of at least one service');
    }
    const serviceIds: number[] = [];
    for (const entityRef of entityRefs) {
      serviceIds.push(await knownServiceId(this.#db, entityRef));
    }
    const plan = planOfRecord(record);
    const { id } = await this.#add(
      {
        ...plan,
        ...NOT_HELD,
        ...(course && { ...course, state: 'held' as const }),
        submission: { by, key, hash: recordHash(plan, serviceIds, course) },
        createdBy: by,
      },
      serviceIds,
    );
    return id;
  }

  /** Adds an exercise once per key. */
  async #add(
    exercise: Omit<
      NewExercise,
      'id' | 'planHash' | 'createdAt' | 'submission'
    > & { submission: SubmissionIdentity },
    serviceIds: readonly number[],
  ): Promise<{ id: string; isNew: boolean }> {
    const { submission } = exercise;
    const earlier = await this.#exercises.submitted(this.#db, submission);
    if (earlier !== undefined) return { id: earlier, isNew: false };

    const createdAt = this.#now();
    requireTimes(planTimesProblem(exercise));
    requireTimes(heldTimesProblem(exercise, createdAt));
    const id = randomUUID();
    const isNew = await inTransaction(this.#db, async tx => {
      await this.#requireEnvironment(tx, exercise);
      const isAdded = await this.#exercises.add(
        tx,
        {
          ...exercise,
          id,
          createdAt,
          planHash: planHash(exercise, serviceIds),
        },
        serviceIds,
      );
      if (isAdded) await this.#followUp(tx, exercise, serviceIds);
      return isAdded;
    });
    if (isNew) return { id, isNew };
    // The same one was submitted a moment ago.
    const first = await this.#exercises.submitted(this.#db, submission);
    return { id: first!, isNew };
  }

  /**
   * Changes what is given. Another plan voids what was approved, until the
   * exercise begins.
   *
   * @param options - `serviceIds` are all of its services, where they change
   * @throws ConflictError where the version is not the current one, or the
   * exercise was cancelled
   * @throws InputError where it would end before it begins
   * @throws NotFoundError where there is no such exercise or environment
   */
  async change(
    id: string,
    change: ExerciseChange,
    options: { serviceIds?: readonly number[]; by: string },
  ): Promise<void> {
    await inTransaction(this.#db, async tx => {
      const current = await this.#current(tx, id, change);
      requireNotCancelled(current, 'changed');
      const before = await this.#exercises.serviceIds(tx, id);
      const serviceIds = options.serviceIds ?? before;
      const plan = changedPlan(current, change);
      requireTimes(planTimesProblem(plan));
      if (plan.environmentId !== current.environmentId) {
        await this.#requireEnvironment(tx, plan);
      }
      const exercise: StoredExercise = {
        ...current,
        ...plan,
        surprises:
          change.surprises === undefined
            ? current.surprises
            : text(change.surprises),
        planHash:
          current.state === 'planned'
            ? planHash(plan, serviceIds)
            : current.planHash,
      };
      const { by } = options;
      await this.#exercises.update(tx, exercise, { by, at: this.#now() });
      await this.#exercises.setServices(tx, id, serviceIds);
      await this.#findings.followExercise(tx, id);
      await this.#followUp(tx, exercise, [...before, ...serviceIds]);
    });
  }

  /**
   * Begins, ends or cancels an exercise.
   *
   * @throws ConflictError where the version is not the current one, its state
   * does not allow it, or it was not approved
   * @throws InputError where times lie in the future, or are out of order
   * @throws NotFoundError where there is no such exercise
   */
  async transition(
    id: string,
    transition: ExerciseTransition,
    options: { by: string },
  ): Promise<void> {
    await inTransaction(this.#db, async tx => {
      const now = this.#now();
      const current = await this.#current(tx, id, transition);
      const exercise = moved(current, transition, now);
      requireTimes(heldTimesProblem(exercise, now));
      const serviceIds = await this.#exercises.serviceIds(tx, id);
      if (current.state === 'planned' && transition.to !== 'cancelled') {
        requireApproval(
          await this.#approvers(tx, current, serviceIds),
          await this.#exercises.approvals(tx, current),
        );
      }
      await this.#exercises.update(tx, exercise, { ...options, at: now });
      await this.#followUp(tx, exercise, serviceIds);
    });
  }

  /**
   * Writes into the log.
   *
   * @throws ConflictError where the key was used for another entry, or the
   * exercise was cancelled
   * @throws InputError where it would have happened in the future
   * @throws NotFoundError where there is no such exercise
   */
  async log(
    id: string,
    entry: ExerciseLogSubmission,
    options: { by: string },
  ): Promise<void> {
    const now = this.#now();
    const at = entry.at === undefined ? now : Date.parse(entry.at);
    const what = requiredText(entry.text, 'text');
    requireTimes(
      heldTimesProblem({ startedAt: at, endedAt: null }, now)?.replace(
        'startedAt',
        'at',
      ),
    );
    await inTransaction(this.#db, async tx => {
      const exercise = await this.#exercises.lock(tx, id);
      if (!exercise) throw noExercise(id);
      requireNotCancelled(exercise, 'written about');
      const earlier = await this.#exercises.log(tx, {
        id: randomUUID(),
        exerciseId: id,
        at,
        by: options.by,
        text: what,
        key: entry.key,
      });
      const isSame =
        !earlier ||
        (earlier.exerciseId === id &&
          earlier.text === what &&
          (entry.at === undefined || earlier.at === at));
      if (!isSame) {
        throw new ConflictError(
          'The key was already used for another entry; take a new one for each',
        );
      }
    });
  }

  /**
   * Approves or rejects the plan of an exercise for those approvers that the
   * caller speaks for.
   *
   * @param options - `speaksFor` tells those approvers
   * @returns for whom that was decided; nothing where the caller is none of them
   * @throws ConflictError where the version is not the current one, or the
   * exercise has begun or was cancelled
   * @throws NotFoundError where there is no such exercise
   */
  async decide(
    id: string,
    given: {
      version: number;
      decision: ApprovalDecision;
      comment: string | null;
    },
    options: { by: string; speaksFor: (approver: string) => boolean },
  ): Promise<string[]> {
    return inTransaction(this.#db, async tx => {
      const current = await this.#current(tx, id, given);
      if (current.state !== 'planned') {
        throw new ConflictError(
          `The exercise is ${current.state}; only what is planned can be approved or rejected`,
        );
      }
      const serviceIds = await this.#exercises.serviceIds(tx, id);
      const approvers = await this.#approvers(tx, current, serviceIds);
      const spokenFor = approvers.filter(options.speaksFor);
      for (const approver of spokenFor) {
        await this.#exercises.decide(tx, id, {
          approver,
          planHash: current.planHash,
          decision: given.decision,
          decidedBy: options.by,
          decidedAt: this.#now(),
          comment: text(given.comment),
        });
      }
      return spokenFor;
    });
  }

  async link(id: string, experimentId: number): Promise<void> {
    await this.#exercises.link(this.#db, id, experimentId);
  }

  async unlink(id: string, experimentId: number): Promise<void> {
    await this.#exercises.unlink(this.#db, id, experimentId);
  }

  async #current(
    tx: Knex.Transaction,
    id: string,
    { version }: { version: number },
  ): Promise<StoredExercise> {
    const current = await this.#exercises.lock(tx, id);
    if (!current) throw noExercise(id);
    if (current.version !== version) {
      throw new ConflictError(
        `The exercise was saved by ${current.updatedBy} at ${toIsoInstant(
          current.updatedAt,
        )}, as version ${
          current.version
        }; this change is of version ${version}. Load it anew, and make the change again`,
      );
    }
    return current;
  }

  async #approvers(
    db: Knex,
    exercise: StoredExercise,
    serviceIds: readonly number[],
  ): Promise<string[]> {
    const ids = await this.#exercises.policyIds(db, serviceIds);
    const policies = ids.map(each => this.#policies.get(each));
    return approversOf(exercise.kind, policies);
  }

  async #requireEnvironment(db: Knex, { environmentId }: ExercisePlan) {
    if (environmentId === null) return;
    if (await this.#exercises.hasEnvironment(db, environmentId)) return;
    throw new NotFoundError(`There is no environment ${environmentId}`);
  }

  /** In the same transaction, so that none is held that the status ignores. */
  async #followUp(
    tx: Knex.Transaction,
    exercise: ExerciseCourse,
    serviceIds: readonly number[],
  ) {
    if (held(exercise)) await this.#status.recompute(tx, serviceIds);
  }
}

function requireTimes(problem: string | undefined) {
  if (problem !== undefined) {
    throw new InputError(`Invalid times: ${problem}`);
  }
}

function requireNotCancelled({ state }: StoredExercise, done: string) {
  if (state === 'cancelled') {
    throw new ConflictError(
      `The exercise was cancelled, and cannot be ${done} any more; plan another one`,
    );
  }
}

function noExercise(id: string) {
  return new NotFoundError(`There is no exercise ${id}`);
}
