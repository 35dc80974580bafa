import {
  MEASURE_STATES,
  MEASURES,
  type Measure,
  type MeasureState,
} from 'backstage-plugin-operational-excellence-common';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Which services the URL says are listed; all that would change if empty. */
export interface PreviewView {
  /** What `from` and `to` speak of; the whole service if absent. */
  measure?: Measure;
  from?: MeasureState;
  to?: MeasureState;
}

export function usePreviewView(): PreviewView {
  const [params] = useSearchParams();
  return useMemo(() => {
    const known = <Value extends string>(
      values: readonly Value[],
      of: string,
    ) => values.find(value => value === params.get(of));
    return {
      measure: known(MEASURES, 'measure'),
      from: known(MEASURE_STATES, 'from'),
      to: known(MEASURE_STATES, 'to'),
    };
  }, [params]);
}
