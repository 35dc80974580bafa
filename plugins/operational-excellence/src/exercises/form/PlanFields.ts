import type { PlanWording } from './ExerciseDraft';
import type { PlanProblems } from './planProblems';

/** What each part of the form gets. */
export interface PlanFieldsProps {
  draft: PlanWording;
  /** Those that are to be shown. */
  problems: PlanProblems;
  onChange: (change: Partial<PlanWording>) => void;
}

/** The id of the element in which a field is edited. */
export function fieldId(field: string): string {
  return `operational-excellence-exercise-${field}`;
}
