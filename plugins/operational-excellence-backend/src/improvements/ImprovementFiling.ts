import { InputError, NotFoundError } from '@backstage/errors';
import {
  ImprovementCorrection,
  ImprovementSubmission,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { createHash, randomUUID } from 'crypto';
import { Knex } from 'knex';
import { FindingLinks } from '../findings/FindingLinks';
import { visibleServiceId } from '../services/visibleServiceId';
import { inTransaction } from '../sync/inTransaction';
import {
  ImprovementStore,
  NewImprovement,
  SubmissionIdentity,
} from './ImprovementStore';
import {
  AttemptColumns,
  ImprovementWording,
  StoredImprovement,
} from './improvementRows';
import { Outbox } from './outbox';
import { cleanLine, cleanText } from './text';
import { ServiceTracker, ServiceTrackers } from './trackers';

export interface ImprovementFilingOptions {
  db: Knex;
  outbox: Outbox;
  store: ImprovementStore;
  trackers: ServiceTrackers;
  /** How long a submission waits for its tracker, milliseconds. */
  withinMs: number;
  now?: () => Instant;
}

/** What filing an improvement begins with. */
export interface PreparedSubmission {
  identity: SubmissionIdentity;
  serviceId: number;
  /** Of the service, the one first that is taken by default. */
  trackers: readonly ServiceTracker[];
  /** The id of the same one, where it was submitted before. */
  earlier: string | undefined;
}

/** Takes improvements, and has them filed in their trackers. */
export class ImprovementFiling {
  readonly #options: ImprovementFilingOptions;
  readonly #findings = FindingLinks.create();

  static create(options: ImprovementFilingOptions) {
    return new ImprovementFiling(options);
  }

  private constructor(options: ImprovementFilingOptions) {
    this.#options = options;
  }

  /**
   * Looks up what filing an improvement begins with; `undefined` where there is no
   * such service. Changes nothing, and does not ask who may see that service.
   *
   * @throws ConflictError where the key was used for another one
   */
  async prepare(
    submission: ImprovementSubmission,
    { filedBy }: { filedBy: string },
  ): Promise<PreparedSubmission | undefined> {
    const { db, store, trackers } = this.#options;
    const identity = {
      filedBy,
      submissionKey: submission.key,
      submissionHash: hashOf(submission),
    };
    const [earlier, service] = await Promise.all([
      store.submitted(db, identity),
      visibleServiceId(db, submission.entityRef, { kind: 'all' }).then(
        async id =>
          id === undefined
            ? undefined
            : { serviceId: id, trackers: await trackers.of(db, id) },
      ),
    ]);
    return service && { identity, ...service, earlier };
  }

  /**
   * Takes an improvement; from then on it is not lost. Answers when it is filed,
   * when it is refused, or when it has to wait for its tracker.
   *
   * @throws InputError where something of it is not known
   * @throws ConflictError where the key was used for another one, or one is under
   * way already for its finding
   * @throws NotFoundError where the service has no such finding
   */
  async submit(
    submission: ImprovementSubmission,
    prepared: PreparedSubmission,
  ): Promise<{ id: string; isNew: boolean }> {
    const { outbox, withinMs } = this.#options;
    const { earlier } = prepared;
    const submitted =
      earlier === undefined
        ? await this.#add(submission, prepared)
        : { id: earlier, isNew: false };
    await outbox.deliver(submitted.id, { withinMs });
    return submitted;
  }

  /**
   * Has an improvement filed that its tracker refused, once it is corrected.
   *
   * @throws InputError where the service does not have that tracker
   * @throws ConflictError where it was not refused
   * @throws NotFoundError where there is no such improvement
   */
  async resend(id: string, correction: ImprovementCorrection): Promise<void> {
    const { db, outbox, store, withinMs } = this.#options;
    const current = await store.get(db, id);
    if (!current) throw new NotFoundError(`There is no improvement ${id}`);
    const { trackerId } = correction;
    const { destination } =
      trackerId === undefined
        ? current
        : chosenTracker(
            await this.#options.trackers.of(db, current.serviceId),
            trackerId,
          );
    const corrected = { ...wordingOf(correction), destination };
    await inTransaction(db, tx => store.correct(tx, id, corrected));
    await outbox.deliver(id, { withinMs });
  }

  async #add(
    submission: ImprovementSubmission,
    prepared: PreparedSubmission,
  ): Promise<{ id: string; isNew: boolean }> {
    const { db, now = Date.now, outbox, store } = this.#options;
    const { alternativeTo, entityRef, findingId, trackerId } = submission;
    const { identity, serviceId, trackers } = prepared;
    if (alternativeTo !== null) {
      await store.requireAlternativeTo(db, { id: alternativeTo, serviceId });
    }
    const { destination } = chosenTracker(trackers, trackerId);
    const improvement = {
      ...wordingOf(submission),
      ...(findingId !== undefined && {
        origin: {
          kind: await this.#findings.originKind(db, {
            id: findingId,
            serviceId,
          }),
          url: submission.origin?.url ?? null,
        },
      }),
      ...identity,
      serviceId,
      id: randomUUID(),
      createdAt: now(),
      alternativeTo,
      destination,
    };
    const isNew = await outbox.deliverNew(
      { ...improvement, entityRef },
      attempt => this.#store(improvement, findingId, attempt),
    );
    if (isNew) return { id: improvement.id, isNew };
    // The same one was submitted a moment ago.
    const earlier = await store.submitted(db, identity);
    return { id: earlier!, isNew };
  }

  async #store(
    improvement: NewImprovement,
    findingId: string | undefined,
    attempt: AttemptColumns | undefined,
  ): Promise<StoredImprovement | undefined> {
    const { db, store } = this.#options;
    if (findingId === undefined) return store.add(db, improvement, attempt);
    // In one transaction, so that of two for one finding only one is stored.
    return inTransaction(db, async tx => {
      const added = await store.add(tx, improvement, attempt);
      if (added) {
        await this.#findings.link(tx, {
          findingId,
          serviceId: improvement.serviceId,
          improvementId: improvement.id,
          linkedBy: improvement.filedBy,
          linkedAt: improvement.createdAt,
        });
      }
      return added;
    });
  }
}

/** @throws InputError where the service does not have it */
function chosenTracker(
  trackers: readonly ServiceTracker[],
  id: string | undefined,
): ServiceTracker {
  const tracker =
    id === undefined ? trackers[0] : trackers.find(each => each.id === id);
  if (tracker) return tracker;
  throw new InputError(
    trackers.length === 0
      ? 'The service has no tracker in which improvements can be filed; name one by an annotation, or have the built-in one installed'
      : 'Invalid body property trackerId: the service does not have this tracker; its trackers may have changed, choose another one',
  );
}

/** @throws InputError where nothing is left of the title */
function wordingOf(given: ImprovementWording): ImprovementWording {
  const title = cleanLine(given.title);
  if (!title) {
    throw new InputError(
      'Invalid body property title: expected more than control characters',
    );
  }
  const { goal, origin, priority } = given;
  return {
    title,
    description: cleanText(given.description),
    goal: goal && {
      ...goal,
      measure: cleanText(goal.measure),
      from: goal.from === null ? null : cleanText(goal.from),
      to: cleanText(goal.to),
    },
    origin,
    priority,
  };
}

/** The same for the same submission, whatever the order of its properties. */
function hashOf(submission: ImprovementSubmission): string {
  const { goal, origin } = submission;
  return createHash('sha256')
    .update(
      JSON.stringify([
        submission.entityRef.toLocaleLowerCase('en-US'),
        submission.trackerId ?? null,
        submission.title,
        submission.description,
        goal && [goal.measure, goal.from, goal.to, goal.by],
        submission.priority,
        origin && [origin.kind, origin.url],
        submission.alternativeTo,
        submission.findingId ?? null,
      ]),
    )
    .digest('hex');
}
