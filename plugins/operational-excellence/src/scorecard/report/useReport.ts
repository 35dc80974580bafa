import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Initiative,
  Page,
  Rollup,
  Service,
} from 'backstage-plugin-operational-excellence-common';
import {
  operationalExcellenceApiRef,
  type OperationalExcellenceApi,
} from '../../api';
import { FacetTitles, readFacetTitles } from '../../facets';
import { Loadable, useLoadable } from '../../loading';
import {
  FilterKey,
  rollupQuery,
  ScorecardView,
  viewQuery,
} from '../scorecardView';

/** As many as fit on a sheet with the rest. */
const MAX_GROUPS = 8;
const MAX_SERVICES = 15;

/** What a report tells, all of it read together. */
export interface ScorecardReport {
  rollup: Rollup | undefined;
  asOf: string;
  /** Knows the titles of what the view is filtered by. */
  titleOf: FacetTitles;
  /** The initiative that the services are part of. */
  initiative: Initiative | undefined;
  groups: Page<Rollup>;
  services: Page<Service>;
}

/**
 * The worst groups of a view; of the one that is above all others, those right
 * beneath it.
 */
async function readGroups(
  api: OperationalExcellenceApi,
  view: ScorecardView,
  options: { by: FilterKey; starred: readonly string[]; signal: AbortSignal },
): Promise<Page<Rollup>> {
  const { by, signal, starred } = options;
  const query = {
    by,
    ...rollupQuery(view, starred),
    sort: '-attention',
    limit: MAX_GROUPS,
  };
  if (by !== 'owner') return api.getRollups(query, { signal });
  const chosen = view.filters.owner;
  const page = await api.getRollups(
    chosen.length
      ? { ...query, owner: [], key: chosen }
      : { ...query, parent: 'root' },
    { signal },
  );
  const [only, ...others] = page.items;
  return only?.key && only.children > 0 && !others.length
    ? api.getRollups({ ...query, owner: [], parent: only.key }, { signal })
    : page;
}

export function useReport(
  view: ScorecardView,
  by: FilterKey,
  starred: readonly string[],
): Loadable<ScorecardReport> {
  const api = useApi(operationalExcellenceApiRef);
  const listed = {
    ...viewQuery(view, starred),
    sort: 'state',
    cursor: undefined,
    limit: MAX_SERVICES,
  };
  return useLoadable(JSON.stringify([listed, by]), async signal => {
    const { initiative: id } = view;
    const [all, groups, services, titleOf, initiative] = await Promise.all([
      api.getRollups({ by: 'all', ...rollupQuery(view, starred) }, { signal }),
      readGroups(api, view, { by, signal, starred }),
      api.getServices(listed, { signal }),
      readFacetTitles(api, view.filters, { signal }),
      id ? api.getInitiative(id, { signal }) : undefined,
    ]);
    const [rollup] = all.items;
    return { rollup, asOf: all.asOf, titleOf, groups, initiative, services };
  });
}
