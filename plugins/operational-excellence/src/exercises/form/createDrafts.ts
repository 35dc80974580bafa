import {
  exerciseSubmissionSchema,
  type ExerciseSubmissionInput,
} from 'backstage-plugin-operational-excellence-common';
import type { DraftKind } from '../../drafts';
import { newSubmissionKey } from '../../improvements/draft';
import {
  ExerciseDraft,
  formatWording,
  isUntouched,
  newDraft,
  parseWording,
  PlanWording,
  textOf,
} from './ExerciseDraft';

/** A plan that is being written for the first time. */
export interface CreateDraft extends ExerciseDraft {
  /** What was sent under the key without learning whether it arrived. */
  unanswered: ExerciseSubmissionInput[];
}

export function newCreateDraft(known?: Partial<PlanWording>): CreateDraft {
  return { ...newDraft(known), unanswered: [] };
}

export const createDrafts: DraftKind<CreateDraft> = {
  format: ({ key, unanswered, ...wording }) => ({
    key,
    unanswered: JSON.parse(JSON.stringify(unanswered)),
    ...formatWording(wording),
  }),
  parse: kept => {
    const wording = parseWording(kept);
    if (!wording) return undefined;
    const { key, unanswered }: Record<string, unknown> = {
      ...(kept as object),
    };
    return {
      ...wording,
      key: textOf(key) || newSubmissionKey(),
      unanswered: [unanswered ?? []].flat().flatMap(each => {
        const submission = exerciseSubmissionSchema.safeParse(each);
        return submission.success ? [submission.data] : [];
      }),
    };
  },
  isUntouched: (draft, begun) =>
    !draft.unanswered.length && isUntouched(draft, begun),
};
