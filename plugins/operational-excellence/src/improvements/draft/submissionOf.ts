import type {
  ImprovementCorrection,
  ImprovementGoal,
  ImprovementSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { hasGoal } from './draftProblems';
import type { ImprovementDraft } from './ImprovementDraft';

/** What a draft without problems is sent as. */
export function submissionOf(
  draft: ImprovementDraft,
  options: {
    entityRef: string;
    trackerId: string;
    alternativeTo: string | null;
    findingId?: string;
  },
): ImprovementSubmission {
  return { key: draft.key, ...options, ...wordingOf(draft) };
}

/** What a draft that corrects a refused improvement is sent as. */
export function correctionOf(
  draft: ImprovementDraft,
  options: { trackerId: string },
): ImprovementCorrection {
  return { ...options, ...wordingOf(draft) };
}

function wordingOf(
  draft: ImprovementDraft,
): Omit<ImprovementCorrection, 'trackerId'> {
  return {
    title: draft.title.trim(),
    description: draft.description,
    goal: hasGoal(draft) ? goalOf(draft) : null,
    priority: draft.priority || null,
    origin: draft.originKind
      ? { kind: draft.originKind, url: draft.originUrl.trim() || null }
      : null,
  };
}

function goalOf(draft: ImprovementDraft): ImprovementGoal {
  return {
    measure: draft.goalMeasure.trim(),
    from: draft.goalFrom.trim() || null,
    to: draft.goalTo.trim(),
    // Noon in UTC is on the same day nearly everywhere.
    by: draft.goalBy ? `${draft.goalBy}T12:00:00.000Z` : null,
  };
}
