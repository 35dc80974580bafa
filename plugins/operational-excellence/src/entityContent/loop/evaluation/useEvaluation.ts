import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../../api';
import { EvaluationDraft, requestOf } from './EvaluationDraft';
import {
  evaluationProblems,
  EvaluationProblems,
  hasProblems,
} from './evaluationProblems';

const NO_PROBLEMS: EvaluationProblems = { evidence: {} };

/** How far saving an evaluation has come. */
export type Saving =
  | { status: 'editing' }
  | { status: 'incomplete' }
  | { status: 'saving' }
  | { status: 'failed'; error: Error };

/** Saves an evaluation; what was typed stays where that fails. */
export function useEvaluation(
  improvement: Improvement,
  draft: EvaluationDraft,
  onEvaluated: (judged: Improvement) => void,
): {
  saving: Saving;
  /** None are told before one tries to save. */
  problems: EvaluationProblems;
  save: () => Promise<void>;
} {
  const api = useApi(operationalExcellenceApiRef);
  const [saving, setSaving] = useState<Saving>({ status: 'editing' });
  const [wasTried, setTried] = useState(false);
  const problems = evaluationProblems(draft);

  const save = async () => {
    if (saving.status === 'saving') return;
    setTried(true);
    if (!draft.verdict || hasProblems(problems)) {
      setSaving({ status: 'incomplete' });
      return;
    }
    setSaving({ status: 'saving' });
    try {
      const request = requestOf(draft, draft.verdict);
      onEvaluated(await api.evaluateImprovement(improvement.id, request));
    } catch (error) {
      setSaving({ status: 'failed', error: toError(error) });
    }
  };

  return { saving, problems: wasTried ? problems : NO_PROBLEMS, save };
}
