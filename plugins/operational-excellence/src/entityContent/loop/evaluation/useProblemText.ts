import { useTexts } from '../../../translation';
import type { EvaluationProblem } from './evaluationProblems';

/** What is wrong with a field, in words. */
export function useProblemText(): (
  problem: EvaluationProblem | undefined,
) => string | undefined {
  const { t } = useTexts();
  return problem => {
    if (!problem) return undefined;
    return problem.kind === 'too-long'
      ? t('evaluation.problem.too-long', { max: problem.max.toLocaleString() })
      : t(`evaluation.problem.${problem.kind}`);
  };
}
