import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { formatTrends, parseTrends, TrendsView } from './trendsView';

/** Changes what is shown. */
export type ChangeTrends = (change: Partial<TrendsView>) => void;

/** The view that the URL names, and a way to change it. */
export function useTrendsView(): [TrendsView, ChangeTrends] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseTrends(params), [params]);
  const change = useCallback<ChangeTrends>(
    changes =>
      setParams(current =>
        formatTrends({ ...parseTrends(current), ...changes }),
      ),
    [setParams],
  );
  return [view, change];
}
