import type {
  ImprovementGoal,
  ImprovementOrigin,
} from 'backstage-plugin-operational-excellence-common';

/**
 * What is known of an improvement before anything is typed, such as by the
 * finding that it is filed for.
 */
export interface ImprovementPrefill {
  /**
   * Names what it is filed for, such as `finding:1`: each has a draft of its own
   * besides that of the service.
   */
  id: string;
  title?: string;
  description?: string;
  goal?: ImprovementGoal | null;
  origin?: ImprovementOrigin | null;
  /** The improvement whose goal was not met. */
  alternativeTo?: string | null;
  /** The finding of the same service that it is filed for. */
  findingId?: string;
}
