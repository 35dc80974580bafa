import { useTexts } from '../../translation';
import type { PlanProblem } from './planProblems';

/** What is wrong with a field, in words. */
export function useProblemText(): (
  problem: PlanProblem | undefined,
) => string | undefined {
  const { t } = useTexts();
  return problem => {
    if (!problem) return undefined;
    return problem.kind === 'too-long'
      ? t('exercises.problem.too-long', { max: problem.max.toLocaleString() })
      : t(`exercises.problem.${problem.kind}`);
  };
}
