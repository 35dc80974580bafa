import {
  EvaluationRequest,
  operationalExcellenceImprovementEvaluatePermission as improvementEvaluate,
} from 'backstage-plugin-operational-excellence-common';
import { nameOfCaller } from '../authorization';
import { Caller, Improvements } from '../improvements';
import { VisibilityService } from '../visibility';
import { EvaluationService } from './EvaluationService';
import { Evaluations } from './Evaluations';

interface AuthorizedEvaluationsOptions {
  evaluations: EvaluationService;
  improvements: Pick<Improvements, 'get'>;
  visibility: VisibilityService;
}

/** Lets callers evaluate what they may, of services that they see. */
export class AuthorizedEvaluations implements Evaluations {
  readonly #options: AuthorizedEvaluationsOptions;

  static create(options: AuthorizedEvaluationsOptions) {
    return new AuthorizedEvaluations(options);
  }

  private constructor(options: AuthorizedEvaluationsOptions) {
    this.#options = options;
  }

  async evaluate(id: string, evaluation: EvaluationRequest, caller: Caller) {
    const { evaluations, improvements, visibility } = this.#options;
    const { credentials } = caller;
    const { entityRef } = await improvements.get(id, caller);
    await visibility.authorizeFor(entityRef, credentials, improvementEvaluate);
    await evaluations.evaluate(id, evaluation, {
      evaluatedBy: nameOfCaller(credentials),
    });
    return improvements.get(id, caller);
  }
}
