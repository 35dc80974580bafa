import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';
import type { DraftKind } from '../../drafts';
import {
  formatWording,
  isSame,
  isUntouched,
  parseWording,
  PLAN_FIELDS,
  PlanWording,
  wordingOf,
} from './ExerciseDraft';

/** A plan that is being changed. */
export interface EditDraft extends PlanWording {
  /** The version that is changed, and what it said. */
  version: number;
  base: PlanWording;
}

export function newEditDraft(exercise: ExerciseDetail): EditDraft {
  const base = wordingOf(exercise);
  return { ...base, base, version: exercise.version };
}

export const editDrafts: DraftKind<EditDraft> = {
  format: ({ base, version, ...wording }) => ({
    version,
    base: formatWording(base),
    ...formatWording(wording),
  }),
  parse: kept => {
    const wording = parseWording(kept);
    if (!wording) return undefined;
    const { base, version }: Record<string, unknown> = { ...(kept as object) };
    const before = parseWording(base);
    return before && typeof version === 'number'
      ? { ...wording, base: before, version }
      : undefined;
  },
  isUntouched: draft => isUntouched(draft, draft.base),
};

/** The fields that were changed since a draft was begun. */
export function changedFields(
  plan: PlanWording,
  base: PlanWording,
): (keyof PlanWording)[] {
  return PLAN_FIELDS.filter(field => !isSame(plan, base, field));
}

/**
 * A draft as a change of what somebody else saved in between: what was typed
 * stays, and all else is theirs.
 */
export function rebased(draft: EditDraft, theirs: ExerciseDetail): EditDraft {
  const latest = newEditDraft(theirs);
  const mine = changedFields(draft, draft.base).map(field => [
    field,
    draft[field],
  ]);
  return { ...latest, ...Object.fromEntries(mine) };
}
