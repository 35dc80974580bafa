import { Knex } from 'knex';
import { Improvements } from '../improvements';
import { VisibilityService } from '../visibility';
import { AuthorizedEvaluations } from './AuthorizedEvaluations';
import { Evaluations } from './Evaluations';
import { EvaluationService } from './EvaluationService';

/** What people do to judge improvements that are done. */
export function createEvaluations(options: {
  db: Knex;
  improvements: Improvements;
  visibility: VisibilityService;
}): Evaluations {
  return AuthorizedEvaluations.create({
    ...options,
    evaluations: EvaluationService.create(options),
  });
}
