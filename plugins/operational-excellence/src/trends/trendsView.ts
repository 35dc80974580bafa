import {
  MEASURES,
  ROLLUP_DIMENSIONS,
  type Measure,
  type RollupDimension,
  serviceFacetSchema,
} from 'backstage-plugin-operational-excellence-common';

/** How many days can be looked at. */
export const SPANS = [30, 90, 365] as const;

export type Span = (typeof SPANS)[number];

/** What services are grouped by. */
export type GroupDimension = Exclude<RollupDimension, 'all'>;

/** What can be compared with itself. */
export const COMPARED = [...serviceFacetSchema.options, 'service'] as const;

export type Compared = (typeof COMPARED)[number];

const DEFAULT_SPAN: Span = 90;

/** What the page shows; all of it is in the URL, so that it can be shared. */
export interface TrendsView {
  by: RollupDimension;
  /** The group; none is chosen yet if absent. */
  key?: string;
  /** Whether the services are meant that are in no group. */
  without: boolean;
  days: Span;
  /** The measure whose states are shown; the whole service if absent. */
  measure?: Measure;
  compared: Compared;
}

/** Reads a view from the parameters of a URL; what it does not know it drops. */
export function parseTrends(params: URLSearchParams): TrendsView {
  const known = <Value>(values: readonly Value[], name: string) =>
    values.find(value => `${value}` === params.get(name));
  const by = known(ROLLUP_DIMENSIONS, 'by') ?? 'all';
  const key = by === 'all' ? undefined : params.get('key') || undefined;
  return {
    by,
    key,
    without:
      by !== 'all' && key === undefined && params.get('without') === 'true',
    days: known(SPANS, 'days') ?? DEFAULT_SPAN,
    measure: known(MEASURES, 'measure'),
    compared: known(COMPARED, 'compared') ?? comparedAtFirst(by),
  };
}

/** Writes a view as the parameters of a URL, without what is at its default. */
export function formatTrends(view: TrendsView): URLSearchParams {
  const { by, compared, days, key, measure, without } = view;
  const params = new URLSearchParams();
  if (by !== 'all') {
    params.set('by', by);
    if (key) params.set('key', key);
    else if (without) params.set('without', 'true');
  }
  if (days !== DEFAULT_SPAN) params.set('days', `${days}`);
  if (measure) params.set('measure', measure);
  if (compared !== comparedAtFirst(by)) params.set('compared', compared);
  return params;
}

/** Whether it is said whose history is to be shown. */
export function isChosen({ by, key, without }: TrendsView): boolean {
  return by === 'all' || key !== undefined || without;
}

function comparedAtFirst(by: RollupDimension): Compared {
  return by === 'all' ? 'owner' : by;
}
