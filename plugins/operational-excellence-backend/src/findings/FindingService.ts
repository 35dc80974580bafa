import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  defaultRetestBy,
  FindingChange,
  findingCameUpAt,
  FindingSubmission,
  Instant,
  Policy,
  RetestSubmission,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import { instantOf, storableText } from '../database';
import { cleanText } from '../improvements/text';
import { inTransaction } from '../sync/inTransaction';
import { findingOrigin } from './findingOrigin';
import { FindingRow, FindingWording } from './findingRows';
import { FindingStore } from './FindingStore';
import { readTags } from './queries/readTags';
import { retestProof } from './retestProof';

export interface FindingServiceOptions {
  db: Knex;
  policies: readonly Policy[];
  now?: () => Instant;
}

/** Writes down what exercises and readiness tests brought to light. */
export class FindingService {
  readonly #db: Knex;
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #now: () => Instant;
  readonly #findings = FindingStore.create();

  static create(options: FindingServiceOptions) {
    return new FindingService(options);
  }

  private constructor(options: FindingServiceOptions) {
    this.#db = options.db;
    this.#policies = new Map(options.policies.map(item => [item.id, item]));
    this.#now = options.now ?? Date.now;
  }

  /**
   * Writes down a finding; the same key is the same one.
   *
   * @throws InputError where nothing is left of its text, or its re-test is past
   * @throws ConflictError where the key was used for another one
   * @throws NotFoundError where the service has no such exercise or readiness test
   */
  async create(
    submission: FindingSubmission,
    options: { serviceId: number; createdBy: string },
  ): Promise<{ id: string; isNew: boolean }> {
    const identity = {
      createdBy: options.createdBy,
      submissionKey: submission.key,
      submissionHash: hashOf(submission),
    };
    return inTransaction(this.#db, async tx => {
      const earlier = await this.#findings.submitted(tx, identity);
      if (earlier !== undefined) return { id: earlier, isNew: false };

      const { serviceId } = options;
      const { kind, ...origin } = await findingOrigin(
        tx,
        submission,
        serviceId,
      );
      const createdAt = this.#now();
      const retestBy =
        this.#retestBy(submission.retestBy) ??
        (await this.#defaultRetestBy(tx, serviceId, createdAt));
      const id = randomUUID();
      const isNew = await this.#findings.add(tx, {
        ...identity,
        ...origin,
        ...textsOf(submission),
        id,
        serviceId,
        originKind: kind,
        severity: submission.severity,
        tags: submission.tags,
        retestBy,
        createdAt,
      });
      if (isNew) return { id, isNew };
      // The same one was submitted a moment ago.
      return { id: (await this.#findings.submitted(tx, identity))!, isNew };
    });
  }

  /**
   * Changes what was written of a finding.
   *
   * @throws ConflictError where somebody changed it in between
   * @throws InputError where nothing is left of its text, or its re-test is past
   * @throws NotFoundError where there is no such finding, or its service has no
   * such improvement
   */
  async change(
    id: string,
    change: FindingChange,
    options: { changedBy: string },
  ): Promise<void> {
    const { improvementId, version, ...wording } = change;
    await inTransaction(this.#db, async tx => {
      const current = await this.#lock(tx, id);
      if (current.version !== version) throw changedMeanwhile(current);
      if (improvementId !== undefined && improvementId !== null) {
        await requireImprovement(tx, improvementId, current.service_id);
      }
      const tags = await readTags(tx, [current.id]);
      await this.#findings.change(tx, current, {
        wording: this.#changedWording(current, tags.get(current.id), wording),
        improvementId,
        changedBy: options.changedBy,
        changedAt: this.#now(),
      });
    });
  }

  /**
   * Puts down what a later exercise or experiment showed of a finding; the same
   * key is the same re-test.
   *
   * @throws ConflictError where the key was used for another one
   * @throws InputError where that was not held, or before the finding came up
   * @throws NotFoundError where there is no such finding, or its service has no
   * such exercise or experiment
   */
  async retest(
    id: string,
    submission: RetestSubmission,
    options: { recordedBy: string },
  ): Promise<{ isNew: boolean }> {
    const { by, key, note, result } = submission;
    return inTransaction(this.#db, async tx => {
      const finding = await this.#lock(tx, id);
      const proof = await retestProof(tx, by, finding);
      const retest = {
        ...proof,
        id: randomUUID(),
        findingId: finding.id,
        result,
        note: note === null ? null : cleanText(note) || null,
        recordedBy: options.recordedBy,
        recordedAt: this.#now(),
        submissionKey: key,
      };
      if (await this.#findings.hasRetest(tx, retest)) return { isNew: false };

      const cameUpAt = await cameUp(tx, finding);
      if (proof.testedAt <= cameUpAt) {
        throw new InputError(
          `Invalid body property by: the ${by.kind} was held at ${toIsoInstant(
            proof.testedAt,
          )}, and the finding came up at ${toIsoInstant(
            cameUpAt,
          )}; only a later one can test it again`,
        );
      }
      await this.#findings.addRetest(tx, retest);
      return { isNew: true };
    });
  }

  async #lock(tx: Knex.Transaction, id: string): Promise<FindingRow> {
    const current = await this.#findings.lock(tx, id);
    if (!current) throw new NotFoundError(`There is no finding ${id}`);
    return current;
  }

  #changedWording(
    current: FindingRow,
    tags: readonly string[] = [],
    change: Omit<FindingChange, 'version' | 'improvementId'>,
  ): FindingWording {
    const retestBy = instantOf(current.retest_by);
    const isSameRetestBy =
      change.retestBy === undefined ||
      (change.retestBy === null ? null : Date.parse(change.retestBy)) ===
        retestBy;
    return {
      ...textsOf({
        text: change.text ?? current.text,
        lesson: change.lesson === undefined ? current.lesson : change.lesson,
      }),
      severity: change.severity ?? current.severity,
      tags: change.tags ?? tags,
      retestBy: isSameRetestBy
        ? retestBy
        : this.#retestBy(change.retestBy ?? null),
    };
  }

  #retestBy(given: string | null): Instant | null {
    if (given === null) return null;
    const retestBy = Date.parse(given);
    if (retestBy > this.#now()) return retestBy;
    throw new InputError(
      `Invalid body property retestBy: expected an instant in the future, for until then the finding is to be tested again, given ${given}`,
    );
  }

  async #defaultRetestBy(
    db: Knex,
    serviceId: number,
    createdAt: Instant,
  ): Promise<Instant | null> {
    const service = await db('services')
      .where({ id: serviceId })
      .first('policy_id');
    return defaultRetestBy(
      createdAt,
      this.#policies.get(service?.policy_id ?? ''),
    );
  }
}

async function cameUp(db: Knex, finding: FindingRow): Promise<Instant> {
  const exercise =
    finding.exercise_id === null
      ? undefined
      : await db('exercises')
          .where({ id: finding.exercise_id })
          .first('ended_at');
  return findingCameUpAt({
    createdAt: instantOf(finding.created_at),
    endedAt: instantOf(exercise?.ended_at ?? null),
  });
}

async function requireImprovement(db: Knex, id: string, serviceId: number) {
  const improvement = await db('improvements')
    .where({ id: storableText(id), service_id: serviceId })
    .first('id');
  if (!improvement) {
    throw new NotFoundError(
      `The service of the finding has no improvement ${id}`,
    );
  }
}

/** Tells the second of two who it was that came first. */
function changedMeanwhile(current: FindingRow) {
  return new ConflictError(
    `The finding was changed in between, by ${
      current.updated_by
    } at ${toIsoInstant(
      instantOf(current.updated_at),
    )}; load it again, and make your changes to that version`,
  );
}

/** @throws InputError where nothing is left of the text */
function textsOf(given: { text: string; lesson: string | null }) {
  const text = cleanText(given.text).trim();
  if (!text) {
    throw new InputError(
      'Invalid body property text: expected more than control characters',
    );
  }
  const lesson = given.lesson === null ? '' : cleanText(given.lesson).trim();
  return { text, lesson: lesson || null };
}

/** The same for the same submission, whatever the order of its properties. */
function hashOf(submission: FindingSubmission): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        submission.entityRef,
        submission.exerciseId,
        submission.readinessTestId,
        submission.readinessItemId,
        submission.severity,
        submission.text,
        submission.lesson,
        submission.tags,
        submission.retestBy,
      ]),
    )
    .digest('hex');
}
