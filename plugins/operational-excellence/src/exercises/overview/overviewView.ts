import {
  exerciseKindSchema,
  exerciseStageSchema,
  type ExerciseKind,
  type ExerciseStage,
} from 'backstage-plugin-operational-excellence-common';
import { SEARCH_MAX_LENGTH } from '../../search/searchMaxLength';
import { DateTime } from 'luxon';

/**
 * What the page of game days shows. All of it is in the URL, so that it can be
 * shared and the browser's back button works.
 */
export interface OverviewView {
  shows: 'calendar' | 'list';
  /** Such as 2026-12; the current month if absent. */
  month?: string;
  kinds: ExerciseKind[];
  stages: ExerciseStage[];
  owners: string[];
  q: string;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Reads a view from the parameters of a URL; what it does not know it drops. */
export function parseOverview(params: URLSearchParams): OverviewView {
  const month = params.get('month') ?? '';
  return {
    shows: params.get('view') === 'list' ? 'list' : 'calendar',
    month: MONTH.test(month) ? month : undefined,
    kinds: exerciseKindSchema.options.filter(kind =>
      params.getAll('kind').includes(kind),
    ),
    stages: exerciseStageSchema.options.filter(stage =>
      params.getAll('stage').includes(stage),
    ),
    owners: [...new Set(params.getAll('owner'))].filter(Boolean),
    q: (params.get('q') ?? '').slice(0, SEARCH_MAX_LENGTH),
  };
}

/** Writes a view as the parameters of a URL, without what is at its default. */
export function formatOverview(view: OverviewView): URLSearchParams {
  const params = new URLSearchParams();
  if (view.shows === 'list') params.set('view', 'list');
  if (view.month) params.set('month', view.month);
  view.kinds.forEach(kind => params.append('kind', kind));
  view.stages.forEach(stage => params.append('stage', stage));
  view.owners.forEach(owner => params.append('owner', owner));
  if (view.q) params.set('q', view.q);
  return params;
}

/** The filters of a view as the API's query. */
export function overviewQuery(view: OverviewView) {
  return {
    kind: view.kinds,
    stage: view.stages,
    owner: view.owners,
    q: view.q,
  };
}

/** Whether anything narrows what is shown, besides the month. */
export function isNarrowed(view: OverviewView): boolean {
  const { kinds, owners, q, stages } = view;
  return [kinds, owners, stages, q].some(({ length }) => length > 0);
}

/** The month of a view, in the reader's time zone. */
export function monthOf(view: OverviewView, now: number): DateTime<true> {
  const named = DateTime.fromISO(view.month ?? '');
  return (named.isValid ? named : DateTime.fromMillis(now)).startOf(
    'month',
  ) as DateTime<true>;
}

/** The name of a month in a view; none for the current one. */
export function nameOfMonth(month: DateTime, now: number): string | undefined {
  return month.hasSame(DateTime.fromMillis(now), 'month')
    ? undefined
    : month.toFormat('yyyy-MM');
}
