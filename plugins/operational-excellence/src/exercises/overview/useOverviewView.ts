import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { formatOverview, OverviewView, parseOverview } from './overviewView';

/** Changes what is shown. */
export type ChangeOverview = (
  change: Partial<OverviewView>,
  options?: { replace?: boolean },
) => void;

/** The view that the URL names, and a way to change it. */
export function useOverviewView(): [OverviewView, ChangeOverview] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseOverview(params), [params]);
  const change = useCallback<ChangeOverview>(
    (changes, options) =>
      setParams(
        current => formatOverview({ ...parseOverview(current), ...changes }),
        options,
      ),
    [setParams],
  );
  return [view, change];
}
