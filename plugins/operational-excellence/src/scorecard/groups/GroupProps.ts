import type { Rollup } from 'backstage-plugin-operational-excellence-common';
import type { FilterKey, ScorecardView } from '../scorecardView';

/** What a group is shown from. */
export interface GroupProps {
  by: FilterKey;
  rollup: Rollup;
  view: ScorecardView;
  /** How far the group is beneath the topmost ones. */
  level: number;
  /** Whether the groups right beneath are shown. */
  isOpen: boolean;
  /** Shows or hides those; left out where there are none. */
  onToggle?: (key: string) => void;
}
