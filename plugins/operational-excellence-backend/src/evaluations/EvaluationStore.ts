import {
  EvaluationRequest,
  EvaluationVerdict,
  ImprovementDelivery,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf, queryRows, storableText, StoredInstant } from '../database';

/** What is known of an improvement that is to be evaluated. */
export interface EvaluatedImprovement {
  delivery: ImprovementDelivery;
  ticketKey: string | null;
  /** As the tracker last told; `null` where it has none. */
  ticket: {
    state: 'open' | 'in-progress' | 'done';
    closedAt: Instant | null;
  } | null;
  /** Of what is done now. */
  verdict: EvaluationVerdict | null;
}

export interface NewEvaluation extends EvaluationRequest {
  id: string;
  improvementId: string;
  /** The entity reference of who evaluates it. */
  evaluatedBy: string;
  evaluatedAt: Instant;
  /** When what it judges was done. */
  doneAt: Instant;
}

/** An evaluation that was there before. */
export interface EarlierEvaluation {
  verdict: EvaluationVerdict;
  evaluatedBy: string;
  evaluatedAt: Instant;
}

/** Keeps what was judged of improvements, that of former times included. */
export class EvaluationStore {
  static create(): EvaluationStore {
    return new EvaluationStore();
  }

  private constructor() {}

  async improvement(
    db: Knex,
    id: string,
  ): Promise<EvaluatedImprovement | undefined> {
    const [row] = await queryRows<{
      delivery_state: ImprovementDelivery;
      ticket_key: string | null;
      state: 'open' | 'in-progress' | 'done' | null;
      closed_at: StoredInstant | null;
      verdict: EvaluationVerdict | null;
    }>(
      db,
      `select i.delivery_state, coalesce(t.key, i.ticket_key) as ticket_key,
         t.state, t.closed_at, e.verdict
       from improvements i
       left join tickets t
         on t.source_id = i.source_id and t.external_id = i.external_id
       left join evaluations e on e.improvement_id = i.id
         and t.state = 'done' and e.done_at = t.closed_at
       where i.id = ?`,
      [storableText(id)],
    );
    return (
      row && {
        delivery: row.delivery_state,
        ticketKey: row.ticket_key,
        ticket: row.state && {
          state: row.state,
          closedAt: instantOf(row.closed_at),
        },
        verdict: row.verdict,
      }
    );
  }

  /**
   * Adds an evaluation, unless there is one of what was done at that instant. Of
   * two at once, the second waits for the first.
   *
   * @returns the one that was there before
   */
  async add(
    tx: Knex.Transaction,
    evaluation: NewEvaluation,
  ): Promise<EarlierEvaluation | undefined> {
    const judged = {
      improvement_id: evaluation.improvementId,
      done_at: evaluation.doneAt,
    };
    const [added] = await tx('evaluations')
      .insert({
        ...judged,
        id: evaluation.id,
        verdict: evaluation.verdict,
        measured: evaluation.measured,
        evidence: JSON.stringify(evaluation.evidence),
        note: evaluation.note,
        still_priority: evaluation.stillPriority,
        reason: evaluation.reason,
        evaluated_by: storableText(evaluation.evaluatedBy),
        evaluated_at: evaluation.evaluatedAt,
      })
      .onConflict(['improvement_id', 'done_at'])
      .ignore()
      .returning('id');
    if (added) return undefined;
    const earlier = await tx('evaluations')
      .where(judged)
      .first('verdict', 'evaluated_by', 'evaluated_at');
    return {
      verdict: earlier.verdict,
      evaluatedBy: earlier.evaluated_by,
      evaluatedAt: instantOf(earlier.evaluated_at),
    };
  }
}
