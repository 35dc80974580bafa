import type {
  RollupSort,
  RollupSortKey,
} from 'backstage-plugin-operational-excellence-common';

/**
 * What groups can be sorted by, and how each is sorted at first: whatever needs
 * attention comes first.
 */
export const GROUP_COLUMNS = [
  { key: 'title', label: undefined, first: 'title' },
  { key: 'services', label: 'groups.services', first: '-services' },
  { key: 'attention', label: 'groups.attention', first: '-attention' },
  {
    key: 'attentionShare',
    label: 'groups.attentionShare',
    first: '-attentionShare',
  },
  { key: 'backlog', label: 'measure.backlog', first: '-backlog' },
  { key: 'gameDay', label: 'measure.gameDay', first: '-gameDay' },
  {
    key: 'readinessTest',
    label: 'measure.readinessTest',
    first: '-readinessTest',
  },
  { key: 'openCount', label: 'groups.openCount', first: '-openCount' },
  { key: 'starved', label: 'groups.starved', first: '-starved' },
  {
    key: 'improvementShare',
    label: 'groups.improvementShare',
    first: 'improvementShare',
  },
] as const satisfies readonly {
  key: RollupSortKey;
  /** The first column is named after what services are grouped by. */
  label: string | undefined;
  first: RollupSort;
}[];
