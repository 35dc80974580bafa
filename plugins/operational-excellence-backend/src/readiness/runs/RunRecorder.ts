import { InputError } from '@backstage/errors';
import {
  Instant,
  readinessAnswerInputSchema,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import {
  ReadinessAnswerRecord,
  ReadinessRunRecord,
} from 'backstage-plugin-operational-excellence-node';
import { createHash } from 'crypto';
import { Knex } from 'knex';
import { fullEntityRef } from '../../services/fullEntityRef';
import { knownServiceId } from '../../services/knownService';
import { StatusUpdater } from '../../status';
import { noSuchRun, unknownItems } from './conflicts';
import { finishedRun } from './finishedRun';
import { RunContents } from './RunContents';
import { RunResults } from './RunResults';
import { StandingAnswer } from './runRows';
import { RunStarter } from './RunStarter';
import { RunStore } from './RunStore';
import { startOnce } from './startOnce';
import { cleanAnswer, cleanNote } from './wording';

export interface RunRecorderOptions {
  contents: RunContents;
  db: Knex;
  runs: RunStore;
  starter: RunStarter;
  status: StatusUpdater;
  now?: () => Instant;
}

/**
 * Puts down readiness tests with their answers, as somebody trusted tells. What
 * they come to is found as for those that are run in the portal.
 */
export class RunRecorder {
  readonly #options: RunRecorderOptions;
  readonly #results: RunResults;

  static create(options: RunRecorderOptions) {
    return new RunRecorder(options);
  }

  private constructor(options: RunRecorderOptions) {
    this.#options = options;
    this.#results = RunResults.create(options);
  }

  /**
   * Records a test: all of it, or nothing where something of it is wrong.
   *
   * @returns its id
   * @throws ConflictError where the key was used for another one
   * @throws InputError where the template or an item is not known, an answer is
   * wrong, times are impossible, or items stand against finishing
   * @throws NotFoundError where the service is not known
   */
  async record(record: ReadinessRunRecord): Promise<string> {
    const { key, performedBy: startedBy, startedAt, template } = record;
    const entityRef = fullEntityRef(record.entityRef);
    requireTimes(record, this.#options.now?.() ?? Date.now());
    const answers = record.answers.map(answerOf);
    const hash = hashOf({ ...record, entityRef }, answers);
    const { id } = await startOnce(
      this.#options,
      { startedBy, key, hash, entityRef },
      async (tx, entity) => {
        const serviceId = await knownServiceId(tx, entityRef);
        const added = await this.#options.starter.start(
          tx,
          { serviceId, entity, template, startedBy, now: startedAt },
          { submission: { key, hash } },
        );
        if (added !== undefined) await this.#fill(tx, added, record, answers);
        return added;
      },
    );
    return id;
  }

  /** Gives a test that was just begun its answers, and finishes it. */
  async #fill(
    tx: Knex.Transaction,
    id: string,
    { finished, performedBy }: ReadinessRunRecord,
    answers: readonly StandingAnswer[],
  ) {
    const { contents, runs } = this.#options;
    const run = await runs.lock(tx, id);
    const content = run && (await contents.of(tx, run));
    if (!content) throw noSuchRun(id);
    const unknown = answers
      .map(({ itemId }) => itemId)
      .filter(itemId => !run.itemIds.includes(itemId));
    if (unknown.length) {
      throw new InputError(
        unknownItems(unknown, await contents.itemsOf(tx, run)),
      );
    }
    for (const answer of answers) {
      if (await runs.putAnswer(tx, id, answer)) continue;
      throw new InputError(`The item ${answer.itemId} is answered twice`);
    }
    if (!finished) return;
    const { performedAt, summary } = finished;
    await this.#results.store(
      tx,
      finishedRun(run, content, answers, {
        by: performedBy,
        summary: cleanNote(summary),
        performedAt,
        updatedAt: performedAt,
      }),
    );
  }
}

function answerOf(record: ReadinessAnswerRecord): StandingAnswer {
  const { answeredAt, answeredBy, itemId, ...given } = record;
  const parsed = readinessAnswerInputSchema.safeParse(given);
  if (!parsed.success) {
    const [{ message, path }] = parsed.error.issues;
    throw new InputError(
      `Invalid answer to ${itemId}, ${path.join('.')}: ${message}`,
    );
  }
  return {
    ...cleanAnswer(parsed.data),
    itemId,
    version: 1,
    answeredBy,
    answeredAt,
  };
}

/** @throws InputError where a test would have ended before it began, or not yet */
function requireTimes(
  { answers, finished, startedAt }: ReadinessRunRecord,
  now: Instant,
) {
  if (finished && finished.performedAt < startedAt) {
    throw new InputError('A readiness test cannot end before it begins');
  }
  const last = Math.max(
    startedAt,
    finished?.performedAt ?? startedAt,
    ...answers.map(({ answeredAt }) => answeredAt),
  );
  if (last > now) {
    throw new InputError(
      `What was recorded of a readiness test is of the future: ${toIsoInstant(
        last,
      )}`,
    );
  }
}

/** Of all that was recorded with a key, whatever the order of the answers. */
function hashOf(
  record: ReadinessRunRecord,
  answers: readonly StandingAnswer[],
): string {
  const { entityRef, finished, startedAt, template } = record;
  const told = answers
    .map(answer => [
      answer.itemId,
      answer.value,
      answer.note,
      answer.evidence.map(({ title, url }) => [title, url]),
      answer.answeredBy,
      answer.answeredAt,
    ])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return createHash('sha256')
    .update(
      JSON.stringify([
        entityRef,
        template,
        startedAt,
        told,
        finished && [finished.performedAt, finished.summary],
      ]),
    )
    .digest('hex');
}
