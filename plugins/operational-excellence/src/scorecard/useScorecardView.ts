import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { formatView, parseView, ScorecardView } from './scorecardView';

/**
 * The view that the URL names, and a way to change it. Any change but that of
 * the page leads back to the first page.
 */
export function useScorecardView(): [
  ScorecardView,
  (change: Partial<ScorecardView>, options?: { replace?: boolean }) => void,
] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseView(params), [params]);
  const change = useCallback(
    (changes: Partial<ScorecardView>, options?: { replace?: boolean }) =>
      setParams(
        current =>
          formatView({
            ...parseView(current),
            cursor: undefined,
            ...changes,
          }),
        options,
      ),
    [setParams],
  );
  return [view, change];
}
