import { DraftKind, KeptDraft, useKeptDraft } from '../../drafts';
import { ImprovementDraft, isUntouched, parseDraft } from './ImprovementDraft';

const improvementDrafts: DraftKind<ImprovementDraft> = {
  format: draft => ({ ...draft }),
  parse: parseDraft,
  isUntouched,
};

/** The draft of an improvement, and what can be done with it. */
export type Drafting = KeptDraft<ImprovementDraft>;

/**
 * The draft of an improvement in a slot; `undefined` until it was looked for.
 *
 * @param slot - stays the same as long as the component lives
 * @param begin - makes the draft to begin with where none was kept
 */
export function useDraft(
  slot: string,
  begin: () => ImprovementDraft,
): Drafting | undefined {
  return useKeptDraft(improvementDrafts, slot, begin);
}
