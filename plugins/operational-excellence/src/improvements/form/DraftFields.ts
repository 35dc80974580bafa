import type { DraftProblems, ImprovementDraft } from '../draft';

/** What each part of the form gets. */
export interface DraftFieldsProps {
  draft: ImprovementDraft;
  /** Those that are to be shown. */
  problems: DraftProblems;
  onChange: (change: Partial<ImprovementDraft>) => void;
}

/** The id of the element in which a field of the draft is edited. */
export function fieldId(field: keyof ImprovementDraft): string {
  return `operational-excellence-improvement-${field}`;
}
