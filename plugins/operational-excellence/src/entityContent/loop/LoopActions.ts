import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import type { Allowance } from '../../allowance';

/** What can be done with the improvements of a service, and by whom. */
export interface LoopActions {
  mayFile: Allowance;
  mayEvaluate: Allowance;
  correct(improvement: Improvement): void;
  evaluate(improvement: Improvement): void;
  fileAlternative(improvement: Improvement): void;
}
