import {
  EvaluationVerdict,
  ImprovementDelivery,
  ImprovementStage,
} from '../api/improvements';
import { addDuration, Instant } from '../instants';
import { Policy } from '../policy';

/**
 * What the stage of an improvement follows from.
 *
 * @public
 */
export interface ImprovementFacts {
  delivery: ImprovementDelivery;
  /** Its ticket as the tracker last told; `null` where the tracker has none. */
  ticket: {
    state: 'open' | 'in-progress' | 'done';
    closedAt: Instant | null;
  } | null;
  /** The verdict on what is done now, not one of an earlier time. */
  verdict: EvaluationVerdict | null;
  /** {@link evaluationDueAt} */
  evaluationDueAt: Instant | null;
}

/**
 * Where an improvement stands in its loop at an instant.
 *
 * @public
 */
export function improvementStage(
  facts: ImprovementFacts,
  now: Instant,
): ImprovementStage {
  const { delivery, ticket, verdict } = facts;
  if (delivery !== 'filed') return 'filing';
  if (!ticket) return 'gone';
  if (ticket.state !== 'done') return 'open';
  if (verdict) return verdict;
  if (facts.evaluationDueAt === null) return 'done';
  return facts.evaluationDueAt < now ? 'evaluation-overdue' : 'evaluation-due';
}

/**
 * Until when an improvement is to be evaluated that was done at an instant;
 * `null` where the policy asks for no evaluation.
 *
 * @public
 */
export function evaluationDueAt(
  doneAt: Instant | null,
  policy: Pick<Policy, 'evaluation'> | undefined,
): Instant | null {
  const within = policy?.evaluation?.within;
  return doneAt === null || within === undefined
    ? null
    : addDuration(doneAt, within);
}
