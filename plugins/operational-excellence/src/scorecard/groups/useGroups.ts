import { useApi } from '@backstage/frontend-plugin-api';
import { operationalExcellenceApiRef } from '../../api';
import { useServiceChanges } from '../../improvements';
import { usePages } from '../../paging';
import { FilterKey, rollupQuery, ScorecardView } from '../scorecardView';

const PAGE_SIZE = 50;

/**
 * The groups of a view, page by page: of owners, those that are chosen or none
 * above them, or those right beneath one.
 */
export function useGroups(
  view: ScorecardView,
  by: FilterKey,
  options: { parent?: string; starred: readonly string[] },
) {
  const api = useApi(operationalExcellenceApiRef);
  const changes = useServiceChanges();
  const { parent, starred } = options;
  const chosen = parent === undefined ? view.filters[by] : [];
  const query = {
    by,
    ...rollupQuery(view, starred),
    // What is grouped by names groups, of which each is counted whole.
    [by]: [],
    key: chosen,
    parent: by === 'owner' && !chosen.length ? parent ?? 'root' : undefined,
    sort: view.groupSort,
    limit: PAGE_SIZE,
  };
  return usePages(`${JSON.stringify(query)} ${changes}`, (cursor, signal) =>
    api.getRollups({ ...query, cursor }, { signal }),
  );
}
