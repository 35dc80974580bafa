import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  Instant,
  isSameReadinessAnswer,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { createHash } from 'crypto';
import { Knex } from 'knex';
import { StatusUpdater } from '../../status';
import { inTransaction } from '../../sync/inTransaction';
import {
  answerChanged,
  noSuchRun,
  requireState,
  requireVersion,
  unknownItems,
} from './conflicts';
import { finishedRun } from './finishedRun';
import { RunContents } from './RunContents';
import { RunResults } from './RunResults';
import {
  GivenAnswer,
  isStanding,
  ReadinessRun,
  StandingAnswer,
  StoredAnswer,
} from './runRows';
import { RunStarter } from './RunStarter';
import { RunStore } from './RunStore';
import { startOnce } from './startOnce';
import { cleanAnswer, cleanNote } from './wording';

/** How far a clock elsewhere may be ahead of ours, milliseconds. */
const CLOCK_SKEW_MS = 300_000;

export interface RunServiceOptions {
  contents: RunContents;
  db: Knex;
  runs: RunStore;
  starter: RunStarter;
  status: StatusUpdater;
  now?: () => Instant;
}

/**
 * Runs readiness tests in the portal. A test that is finished, and signed off
 * where its template asks for that, counts at once: its result and the status of
 * the service are written in one transaction.
 */
export class RunService {
  readonly #options: RunServiceOptions;
  readonly #results: RunResults;

  static create(options: RunServiceOptions) {
    return new RunService(options);
  }

  private constructor(options: RunServiceOptions) {
    this.#options = options;
    this.#results = RunResults.create(options);
  }

  /**
   * @throws InputError where there is no such template, or nothing of it applies
   * @throws ConflictError where the key was used for another test
   */
  async begin(
    submission: { key: string; entityRef: string; template: string },
    options: { serviceId: number; by: string },
  ): Promise<{ id: string; isNew: boolean }> {
    const { serviceId, by: startedBy } = options;
    const { entityRef, key, template } = submission;
    const hash = createHash('sha256')
      .update(JSON.stringify([entityRef, template]))
      .digest('hex');
    return startOnce(
      this.#options,
      { startedBy, key, hash, entityRef },
      (tx, entity) =>
        this.#options.starter.start(
          tx,
          { serviceId, entity, template, startedBy, now: this.#now() },
          { submission: { key, hash } },
        ),
    );
  }

  /**
   * Answers an item in the place of the version of its answer that the caller
   * knows. Different items do not get into each other's way.
   *
   * @throws NotFoundError where the test does not have the item
   * @throws ConflictError where the test is not open, or somebody else has
   * answered the item since
   */
  async answer(
    id: string,
    itemId: string,
    change: GivenAnswer & { version: number },
    options: { by: string },
  ): Promise<StandingAnswer> {
    const { version, ...given } = change;
    const { db, runs } = this.#options;
    const answer = cleanAnswer(given);
    return inTransaction(db, async tx => {
      const run = await this.#holdForAnswer(tx, id, itemId);
      const stored = await runs.answer(tx, run.id, itemId);
      if (
        stored &&
        isStanding(stored) &&
        stored.answeredBy === options.by &&
        isSameReadinessAnswer(stored, answer)
      ) {
        // Sent twice, because the reply to the first was lost.
        return stored;
      }
      return this.#put(
        tx,
        run,
        { ...answer, itemId, by: options.by },
        {
          stored,
          version,
        },
      );
    });
  }

  /**
   * Takes an answer back.
   *
   * @throws NotFoundError where the test does not have the item
   * @throws ConflictError where the test is not open, or somebody else has
   * answered the item since
   */
  async withdraw(
    id: string,
    itemId: string,
    options: { version: number; by: string },
  ): Promise<void> {
    const { by, version } = options;
    await inTransaction(this.#options.db, async tx => {
      const run = await this.#holdForAnswer(tx, id, itemId);
      const stored = await this.#options.runs.answer(tx, run.id, itemId);
      const isDone =
        stored?.value === null &&
        stored.answeredBy === by &&
        stored.version === version + 1;
      if (isDone) return;
      await this.#put(
        tx,
        run,
        { itemId, by, value: null, note: null, evidence: [] },
        { stored, version },
      );
    });
  }

  /**
   * @param options - `version`: of the test that the caller knows, if they do;
   * `performedAt`: now unless told
   * @throws InputError where items are not answered, or lack evidence
   * @throws ConflictError where it is not open, or was changed since
   */
  async finish(
    id: string,
    options: {
      by: string;
      summary: string | null;
      version?: number;
      performedAt?: Instant;
    },
  ): Promise<void> {
    const { contents, db, runs } = this.#options;
    const { by, version } = options;
    const summary = cleanNote(options.summary);
    await inTransaction(db, async tx => {
      const run = await this.#lock(tx, id);
      if (isFinishedAs(run, { by, summary, version })) return;
      requireState(run, 'open');
      if (version !== undefined) requireVersion(run, version);
      const content = await contents.of(tx, run);
      if (!content) throw noSuchRun(id);
      const answers = (await runs.answers(tx, id)).filter(isStanding);
      const now = this.#now();
      const performedAt = options.performedAt ?? now;
      requirePast(performedAt, now);
      await this.#results.store(
        tx,
        finishedRun(run, content, answers, {
          by,
          summary,
          performedAt,
          updatedAt: now,
        }),
      );
    });
  }

  /**
   * Lets the result of a test count, or opens it again to be mended.
   *
   * @throws NotAllowedError where the caller performed it
   * @throws ConflictError where it does not await that, or was changed since
   */
  async signOff(
    id: string,
    options: {
      by: string;
      version: number;
      decision: 'accepted' | 'returned';
      comment: string | null;
    },
  ): Promise<void> {
    const { by, decision, version } = options;
    const comment = cleanNote(options.comment);
    if (decision === 'returned' && !comment) {
      throw new InputError(
        'Invalid body property comment: expected why it is returned',
      );
    }
    await inTransaction(this.#options.db, async tx => {
      const run = await this.#lock(tx, id);
      const { signOff } = run;
      const isDone =
        signOff?.by === by &&
        signOff.decision === decision &&
        signOff.comment === comment &&
        run.version === version + 1;
      if (isDone) return;
      requireState(run, 'awaiting-sign-off');
      requireVersion(run, version);
      if (run.performedBy === by) {
        throw new NotAllowedError(
          'You performed this readiness test; somebody else has to sign it off',
        );
      }
      const now = this.#now();
      await this.#results.store(tx, {
        ...run,
        version: run.version + 1,
        ...(decision === 'accepted'
          ? { state: 'finished' }
          : {
              state: 'open',
              performedAt: null,
              performedBy: null,
              verdict: null,
              validUntil: null,
            }),
        signOff: { by, at: now, decision, comment },
        updatedBy: by,
        updatedAt: now,
      });
    });
  }

  /**
   * Ends a test that shall never count.
   *
   * @throws ConflictError where it counts already, or was changed since
   */
  async discard(
    id: string,
    options: { by: string; version: number },
  ): Promise<void> {
    const { by, version } = options;
    await inTransaction(this.#options.db, async tx => {
      const run = await this.#lock(tx, id);
      if (run.state === 'discarded') return;
      requireState(run, 'open', 'awaiting-sign-off');
      requireVersion(run, version);
      await this.#results.store(tx, {
        ...run,
        state: 'discarded',
        version: run.version + 1,
        updatedBy: by,
        updatedAt: this.#now(),
      });
    });
  }

  async #put<Value extends StoredAnswer['value']>(
    tx: Knex.Transaction,
    run: ReadinessRun,
    answer: Omit<GivenAnswer, 'value'> & {
      value: Value;
      itemId: string;
      by: string;
    },
    known: { stored: StoredAnswer | undefined; version: number },
  ): Promise<StoredAnswer & { value: Value }> {
    const { runs } = this.#options;
    const { stored, version } = known;
    const standing = stored && isStanding(stored) ? stored.version : 0;
    if (standing !== version) throw answerChanged(answer.itemId, stored);
    const { by, ...given } = answer;
    const next = {
      ...given,
      version: (stored?.version ?? 0) + 1,
      answeredBy: by,
      answeredAt: this.#now(),
    };
    if (!(await runs.putAnswer(tx, run.id, next))) {
      // Somebody was faster.
      throw answerChanged(
        answer.itemId,
        await runs.answer(tx, run.id, answer.itemId),
      );
    }
    return next;
  }

  async #holdForAnswer(tx: Knex.Transaction, id: string, itemId: string) {
    const { contents, runs } = this.#options;
    const run = await runs.hold(tx, id);
    if (!run) throw noSuchRun(id);
    requireState(run, 'open');
    if (!run.itemIds.includes(itemId)) {
      throw new NotFoundError(
        unknownItems([itemId], await contents.itemsOf(tx, run)),
      );
    }
    return run;
  }

  async #lock(tx: Knex.Transaction, id: string) {
    const run = await this.#options.runs.lock(tx, id);
    if (!run) throw noSuchRun(id);
    return run;
  }

  #now() {
    return this.#options.now?.() ?? Date.now();
  }
}

/**
 * Whether a test was finished by the request that is sent again, or by one that
 * was sent at the same time: what a pipeline reports has no version.
 */
function isFinishedAs(
  run: ReadinessRun,
  asked: { by: string; summary: string | null; version?: number },
) {
  return (
    (run.state === 'finished' || run.state === 'awaiting-sign-off') &&
    (asked.version === undefined || run.version === asked.version + 1) &&
    run.performedBy === asked.by &&
    run.summary === asked.summary
  );
}

/** @throws InputError where a test would have been performed in the future */
export function requirePast(performedAt: Instant, now: Instant) {
  if (performedAt <= now + CLOCK_SKEW_MS) return;
  throw new InputError(
    `Invalid body property performedAt: ${toIsoInstant(
      performedAt,
    )} is in the future`,
  );
}
