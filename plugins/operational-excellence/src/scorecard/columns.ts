import type {
  ServiceSort,
  ServiceSortKey,
} from 'backstage-plugin-operational-excellence-common';

/**
 * What the list can be sorted by, and how each is sorted at first: whatever
 * needs attention comes first.
 */
export const COLUMNS = [
  { key: 'title', label: 'scorecard.service', first: 'title' },
  { key: 'owner', label: 'scorecard.owner', first: 'owner' },
  { key: 'tier', label: 'scorecard.tier', first: 'tier' },
  { key: 'state', label: 'scorecard.overall', first: 'state' },
  { key: 'backlogAge', label: 'measure.backlog', first: '-backlogAge' },
  { key: 'gameDay', label: 'measure.gameDay', first: '-gameDay' },
  {
    key: 'readinessTest',
    label: 'measure.readinessTest',
    first: '-readinessTest',
  },
] as const satisfies readonly {
  key: ServiceSortKey;
  label: string;
  first: ServiceSort;
}[];

/** A column that can be sorted by. */
export interface Column<Sort extends string> {
  key: string;
  label: string;
  /** How it is sorted at first. */
  first: Sort;
}

/** Whether a list sorted like that is sorted by the column. */
export function isSortedBy(sort: string, { key }: { key: string }): boolean {
  return sort === key || sort === `-${key}`;
}

export function reversed<Sort extends string>(sort: Sort): Sort {
  return (sort.startsWith('-') ? sort.slice(1) : `-${sort}`) as Sort;
}
