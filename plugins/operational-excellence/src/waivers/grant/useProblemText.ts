import { useTexts } from '../../translation';
import type { WaiverProblem } from './waiverProblems';

/** What is wrong with a field, in words. */
export function useProblemText(): (
  problem: WaiverProblem | undefined,
) => string | undefined {
  const { t } = useTexts();
  return problem => {
    if (!problem) return undefined;
    return problem.kind === 'too-long'
      ? t('waivers.form.problem.too-long', {
          max: problem.max.toLocaleString(),
        })
      : t(`waivers.form.problem.${problem.kind}`);
  };
}
