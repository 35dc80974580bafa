import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { DraftKind, KeptDraft, useKeptDraft } from '../../../drafts';
import {
  EMPTY_EVALUATION,
  EvaluationDraft,
  isUntouched,
  parseEvaluation,
} from './EvaluationDraft';

const evaluationDrafts: DraftKind<EvaluationDraft> = {
  format: ({ evidence, ...texts }) => ({
    ...texts,
    evidence: evidence.map(link => ({ ...link })),
  }),
  parse: parseEvaluation,
  isUntouched,
};

/**
 * What is typed of an improvement that is done; `undefined` until it was looked
 * for. An improvement that was reopened, and is done once more, is judged anew.
 */
export function useEvaluationDraft({
  doneAt,
  id,
}: Improvement): KeptDraft<EvaluationDraft> | undefined {
  return useKeptDraft(
    evaluationDrafts,
    `evaluation:${id} ${doneAt}`,
    () => EMPTY_EVALUATION,
  );
}
