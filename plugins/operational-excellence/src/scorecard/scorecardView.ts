import {
  MEASURE_STATES,
  MEASURES,
  serviceSortSchema,
  type Measure,
  type MeasureState,
  type ServiceSort,
} from 'backstage-plugin-operational-excellence-common';
import { SEARCH_MAX_LENGTH } from '../search/searchMaxLength';

/** The properties of a service that the scorecard can be filtered by. */
export const FILTER_KEYS = [
  'owner',
  'system',
  'domain',
  'tier',
  'type',
  'lifecycle',
] as const;

export type FilterKey = (typeof FILTER_KEYS)[number];

/**
 * What the scorecard shows. All of it is in the URL, so that a view can be
 * shared and the browser's back button works.
 */
export interface ScorecardView {
  /** The measure that states and tiles speak of; the whole service if absent. */
  measure?: Measure;
  states: MeasureState[];
  filters: Record<FilterKey, string[]>;
  /** Whether only services are shown whose improvements wait in vain. */
  starved: boolean;
  q: string;
  sort: ServiceSort;
  /** Leads to a page other than the first. */
  cursor?: string;
}

export const DEFAULT_SORT: ServiceSort = 'state';

/** Reads a view from the parameters of a URL; what it does not know it drops. */
export function parseView(params: URLSearchParams): ScorecardView {
  const measure = params.get('measure');
  const sort = params.get('sort');
  return {
    measure: MEASURES.find(known => known === measure),
    states: MEASURE_STATES.filter(state =>
      params.getAll('state').includes(state),
    ),
    filters: Object.fromEntries(
      FILTER_KEYS.map(key => [key, valuesOf(params, key)]),
    ) as ScorecardView['filters'],
    starved: params.get('starved') === 'true',
    q: (params.get('q') ?? '').slice(0, SEARCH_MAX_LENGTH),
    sort:
      serviceSortSchema.options.find(known => known === sort) ?? DEFAULT_SORT,
    cursor: params.get('cursor') || undefined,
  };
}

/** Each value once, without those that name nothing. */
function valuesOf(params: URLSearchParams, key: FilterKey): string[] {
  return [...new Set(params.getAll(key))].filter(Boolean);
}

/** Writes a view as the parameters of a URL, without what is at its default. */
export function formatView(view: ScorecardView): URLSearchParams {
  const params = new URLSearchParams();
  if (view.measure) params.set('measure', view.measure);
  view.states.forEach(state => params.append('state', state));
  for (const key of FILTER_KEYS) {
    view.filters[key].forEach(value => params.append(key, value));
  }
  if (view.starved) params.set('starved', 'true');
  if (view.q) params.set('q', view.q);
  if (view.sort !== DEFAULT_SORT) params.set('sort', view.sort);
  if (view.cursor) params.set('cursor', view.cursor);
  return params;
}

/** The view as the API's query. */
export function viewQuery(view: ScorecardView) {
  return {
    ...filterQuery(view),
    state: view.states,
    sort: view.sort,
    cursor: view.cursor,
  };
}

/** The filters of a view as the API's query, without the state. */
export function filterQuery(view: ScorecardView) {
  return {
    measure: view.measure,
    q: view.q,
    starved: view.starved ? 'true' : undefined,
    ...view.filters,
  };
}

/** Whether anything narrows the list. */
export function isFiltered(view: ScorecardView): boolean {
  return (
    view.q !== '' ||
    view.starved ||
    view.states.length > 0 ||
    FILTER_KEYS.some(key => view.filters[key].length > 0)
  );
}
