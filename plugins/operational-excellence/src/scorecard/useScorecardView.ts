import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { formatView, parseView, ScorecardView } from './scorecardView';

/** Changes a view; with `replace`, the way back leads to before the last change. */
export type ChangeView = (
  change: Partial<ScorecardView>,
  options?: { replace?: boolean },
) => void;

/**
 * The view that the URL names, and a way to change it. Any change but that of
 * the page leads back to the first page.
 */
export function useScorecardView(): [ScorecardView, ChangeView] {
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
