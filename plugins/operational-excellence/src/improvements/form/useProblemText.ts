import { useTexts } from '../../translation';
import type { DraftProblem } from '../draft';

/** What is wrong with a field, in words. */
export function useProblemText(): (
  problem: DraftProblem | undefined,
) => string | undefined {
  const { t } = useTexts();
  return problem => {
    if (!problem) return undefined;
    return problem.kind === 'too-long'
      ? t('improvement.problem.too-long', { max: `${problem.max}` })
      : t(`improvement.problem.${problem.kind}`);
  };
}
