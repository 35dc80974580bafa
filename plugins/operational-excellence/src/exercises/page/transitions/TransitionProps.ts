import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';

/** What a dialog that moves an exercise on gets. */
export interface TransitionProps {
  /** As it is now; it may change while the dialog is open. */
  exercise: ExerciseDetail;
  onDone: () => void;
  /** To be called where somebody else was faster. */
  onConflict: () => void;
  onClose: () => void;
}
