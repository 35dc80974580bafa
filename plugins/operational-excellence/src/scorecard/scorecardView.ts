import {
  MEASURE_STATES,
  MEASURES,
  rollupSortSchema,
  serviceSortSchema,
  type Measure,
  type MeasureState,
  type RollupSort,
  serviceFacetSchema,
  type ServiceFacet,
  type ServiceSort,
} from 'backstage-plugin-operational-excellence-common';
import { SEARCH_MAX_LENGTH } from '../search/searchMaxLength';

/** The properties of a service that the scorecard can be filtered and grouped by. */
export const FILTER_KEYS = serviceFacetSchema.options;

export type FilterKey = ServiceFacet;

/** How services may stand to the goal of an initiative. */
const REACHED = ['true', 'false', 'left', 'waived', 'unknown'] as const;

/**
 * What the scorecard shows. All of it is in the URL, so that a view can be
 * shared and the browser's back button works.
 */
export interface ScorecardView {
  /** What services are grouped by; they are listed if absent. */
  by?: FilterKey;
  /** The measure that states speak of; the whole service if absent. */
  measure?: Measure;
  /** None where services are grouped: groups count all of them. */
  states: MeasureState[];
  filters: Record<FilterKey, string[]>;
  /** What the services have none of. */
  without: FilterKey[];
  /** Whether only services are shown whose improvements wait in vain. */
  starved: boolean;
  /** Whether only services are shown that the reader has starred. */
  starred: boolean;
  /** The initiative that the services are part of, by its id. */
  initiative?: string;
  /** Whether they have reached what the initiative asks, or why not. */
  reached?: (typeof REACHED)[number];
  q: string;
  sort: ServiceSort;
  groupSort: RollupSort;
  /**
   * The owners whose nested groups are shown; hidden, where an owner is the only
   * one.
   */
  open: string[];
  /** Whether it is shown as a report to print. */
  report: boolean;
  /** Leads to a page other than the first. */
  cursor?: string;
}

export const DEFAULT_SORT: ServiceSort = 'state';
export const DEFAULT_GROUP_SORT: RollupSort = '-attention';

/** What narrows nothing. */
export const NO_FILTERS = {
  states: [],
  filters: {
    owner: [],
    system: [],
    domain: [],
    tier: [],
    type: [],
    lifecycle: [],
  },
  without: [],
  starved: false,
  starred: false,
  initiative: undefined,
  reached: undefined,
  q: '',
} satisfies Partial<ScorecardView>;

/** Reads a view from the parameters of a URL; what it does not know it drops. */
export function parseView(params: URLSearchParams): ScorecardView {
  const known = <Value extends string>(
    values: readonly Value[],
    name: string,
  ): Value | undefined => values.find(value => value === params.get(name));
  const by = known(FILTER_KEYS, 'by');
  const initiative = params.get('initiative') || undefined;
  return {
    by,
    measure: known(MEASURES, 'measure'),
    states: by
      ? []
      : MEASURE_STATES.filter(state => params.getAll('state').includes(state)),
    filters: Object.fromEntries(
      FILTER_KEYS.map(key => [key, valuesOf(params, key)]),
    ) as ScorecardView['filters'],
    without: FILTER_KEYS.filter(key => params.getAll('without').includes(key)),
    starved: params.get('starved') === 'true',
    starred: params.get('starred') === 'true',
    initiative,
    reached: initiative ? known(REACHED, 'reached') : undefined,
    q: (params.get('q') ?? '').slice(0, SEARCH_MAX_LENGTH),
    sort: known(serviceSortSchema.options, 'sort') ?? DEFAULT_SORT,
    groupSort:
      known(rollupSortSchema.options, 'groupSort') ?? DEFAULT_GROUP_SORT,
    open: by === 'owner' ? valuesOf(params, 'open') : [],
    report: params.get('report') === 'true',
    cursor: params.get('cursor') || undefined,
  };
}

/** Each value once, without those that name nothing. */
function valuesOf(params: URLSearchParams, key: string): string[] {
  return [...new Set(params.getAll(key))].filter(Boolean);
}

/** Writes a view as the parameters of a URL, without what is at its default. */
export function formatView(view: ScorecardView): URLSearchParams {
  const params = new URLSearchParams();
  if (view.by) params.set('by', view.by);
  if (view.measure) params.set('measure', view.measure);
  if (!view.by) view.states.forEach(state => params.append('state', state));
  for (const key of FILTER_KEYS) {
    view.filters[key].forEach(value => params.append(key, value));
  }
  view.without.forEach(key => params.append('without', key));
  if (view.starved) params.set('starved', 'true');
  if (view.starred) params.set('starred', 'true');
  if (view.initiative) params.set('initiative', view.initiative);
  if (view.initiative && view.reached) params.set('reached', view.reached);
  if (view.q) params.set('q', view.q);
  if (view.sort !== DEFAULT_SORT) params.set('sort', view.sort);
  if (view.groupSort !== DEFAULT_GROUP_SORT) {
    params.set('groupSort', view.groupSort);
  }
  if (view.by === 'owner') {
    view.open.forEach(value => params.append('open', value));
  }
  if (view.report) params.set('report', 'true');
  if (view.cursor) params.set('cursor', view.cursor);
  return params;
}

/** The view as the query of the list. */
export function viewQuery(view: ScorecardView, starred: readonly string[]) {
  return {
    ...filterQuery(view, starred),
    state: view.states,
    sort: view.sort,
    cursor: view.cursor,
  };
}

/** The view as the query of all that it lists, over all pages. */
export function allQuery(view: ScorecardView, starred: readonly string[]) {
  return { ...viewQuery(view, starred), cursor: undefined };
}

/** The filters of a view as the API's query, without the state. */
export function filterQuery(view: ScorecardView, starred: readonly string[]) {
  return { measure: view.measure, ...rollupQuery(view, starred) };
}

/** No reference looks like it: who has starred nothing is shown nothing. */
const NO_ENTITY = 'none';

/** The filters of a view but those of states, which rollups count. */
export function rollupQuery(view: ScorecardView, starred: readonly string[]) {
  return {
    q: view.q,
    starved: view.starved ? 'true' : undefined,
    without: view.without,
    entityRef: view.starred ? [...starred, NO_ENTITY] : undefined,
    initiative: view.initiative,
    reached: view.reached,
    ...view.filters,
  };
}

/** Whether anything narrows the list. */
export function isFiltered(view: ScorecardView): boolean {
  return view.q !== '' || view.states.length > 0 || filtersInUse(view) > 0;
}

/** How many filters narrow the list, without text and states. */
export function filtersInUse(view: ScorecardView): number {
  return [
    view.starved,
    view.starred,
    view.initiative !== undefined,
    ...FILTER_KEYS.map(
      key => view.filters[key].length > 0 || view.without.includes(key),
    ),
  ].filter(Boolean).length;
}

/** The view as the part of an address behind its path. */
export function searchOf(view: ScorecardView): string {
  return `?${formatView(view)}`;
}

/** The same view, listing services in some states; in all if none are named. */
export function listOf(
  view: ScorecardView,
  states: readonly MeasureState[] = [],
  measure?: Measure,
): ScorecardView {
  return {
    ...view,
    by: undefined,
    open: [],
    report: false,
    cursor: undefined,
    measure,
    states: MEASURE_STATES.filter(state => states.includes(state)),
  };
}

/** The same view of one group only; of the services that are in none if null. */
export function withinGroup(
  view: ScorecardView,
  by: FilterKey,
  key: string | null,
): ScorecardView {
  const others = view.without.filter(each => each !== by);
  return {
    ...view,
    filters: { ...view.filters, [by]: key === null ? [] : [key] },
    without: key === null ? [...others, by] : others,
  };
}
