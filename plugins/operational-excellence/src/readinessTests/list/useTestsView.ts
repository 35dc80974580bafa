import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { formatTestsView, parseTestsView, TestsView } from './testsView';

/** The view that the URL names, and a way to change it. */
export function useTestsView(): [
  TestsView,
  (change: Partial<TestsView>) => void,
] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseTestsView(params), [params]);
  const change = useCallback(
    (changes: Partial<TestsView>) =>
      setParams(current =>
        formatTestsView({ ...parseTestsView(current), ...changes }),
      ),
    [setParams],
  );
  return [view, change];
}
