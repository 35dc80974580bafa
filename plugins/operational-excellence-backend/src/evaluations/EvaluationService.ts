import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  EvaluationRequest,
  Instant,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { cleanLine, cleanText } from '../improvements/text';
import { inTransaction } from '../sync/inTransaction';
import { EvaluatedImprovement, EvaluationStore } from './EvaluationStore';

export interface EvaluationServiceOptions {
  db: Knex;
  now?: () => Instant;
}

/** Puts down whether improvements that are done worked. */
export class EvaluationService {
  readonly #db: Knex;
  readonly #now: () => Instant;
  readonly #evaluations = EvaluationStore.create();

  static create(options: EvaluationServiceOptions) {
    return new EvaluationService(options);
  }

  private constructor({ db, now = Date.now }: EvaluationServiceOptions) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Judges what is done now. An improvement that is reopened meanwhile keeps the
   * evaluation as its past.
   *
   * @throws ConflictError where it is not done, or was evaluated already
   * @throws NotFoundError where there is no such improvement
   */
  async evaluate(
    improvementId: string,
    evaluation: EvaluationRequest,
    options: { evaluatedBy: string },
  ): Promise<void> {
    const { measured, note, reason } = evaluation;
    await inTransaction(this.#db, async tx => {
      const improvement = await this.#evaluations.improvement(
        tx,
        improvementId,
      );
      if (!improvement) {
        throw new NotFoundError(`There is no improvement ${improvementId}`);
      }
      const doneAt = doneAtOf(improvement);
      const earlier = await this.#evaluations.add(tx, {
        id: randomUUID(),
        improvementId,
        verdict: evaluation.verdict,
        measured: measured === null ? null : cleanText(measured) || null,
        evidence: evaluation.evidence.map(({ title, url }) => ({
          title: cleanLine(title) || url,
          url,
        })),
        note: note === null ? null : cleanText(note),
        stillPriority: evaluation.stillPriority,
        reason: reason === null ? null : cleanReason(reason),
        evaluatedBy: options.evaluatedBy,
        evaluatedAt: this.#now(),
        doneAt,
      });
      if (earlier) {
        throw new ConflictError(
          `The improvement was already evaluated as ${earlier.verdict}, by ${
            earlier.evaluatedBy
          } at ${toIsoInstant(
            earlier.evaluatedAt,
          )}; it can be evaluated anew once it is reopened and done again`,
        );
      }
    });
  }
}

function cleanReason(given: string): string {
  const reason = cleanText(given).trim();
  if (reason) return reason;
  throw new InputError(
    'Invalid body property reason: expected more than control characters',
  );
}

/** When it was done that is to be judged. */
function doneAtOf({ delivery, ticket, ticketKey }: EvaluatedImprovement) {
  if (delivery !== 'filed') {
    throw new ConflictError(
      'The improvement is not filed in its tracker yet; it can be evaluated once its ticket is done',
    );
  }
  if (!ticket) {
    throw new ConflictError(
      `The ticket ${ticketKey} is no longer in its tracker, or was moved out of what is read of it; the improvement can be evaluated once it is found there again`,
    );
  }
  if (ticket.state !== 'done' || ticket.closedAt === null) {
    throw new ConflictError(
      `The ticket ${ticketKey} is ${
        ticket.state === 'in-progress' ? 'in progress' : 'open'
      }; the improvement can be evaluated once it is closed in its tracker`,
    );
  }
  return ticket.closedAt;
}
