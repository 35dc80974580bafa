import {
  EvaluationRequest,
  ImprovementDetail,
} from 'backstage-plugin-operational-excellence-common';
import { Caller } from '../improvements';

/** Judges whether improvements worked, on behalf of somebody. */
export interface Evaluations {
  /**
   * Puts down what became of an improvement that is done, and answers the
   * improvement with it.
   *
   * @throws NotFoundError where there is no such improvement, or it is not visible
   * @throws NotAllowedError where they may not evaluate improvements of its service
   * @throws ConflictError where it is not done, or was evaluated already
   */
  evaluate(
    improvementId: string,
    evaluation: EvaluationRequest,
    caller: Caller,
  ): Promise<ImprovementDetail>;
}
