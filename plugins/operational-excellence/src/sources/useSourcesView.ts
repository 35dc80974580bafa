import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

const VIEWS = ['connected', 'unmapped'] as const;

/** What of the page is looked at. */
export type SourcesView = (typeof VIEWS)[number];

/** The view that the URL names, so that it can be shared, and a way to change it. */
export function useSourcesView(): [SourcesView, (view: SourcesView) => void] {
  const [params, setParams] = useSearchParams();
  const named = params.get('view');
  const view = VIEWS.find(each => each === named) ?? 'connected';
  const change = useCallback(
    (next: SourcesView) =>
      setParams(next === 'connected' ? {} : { view: next }),
    [setParams],
  );
  return [view, change];
}
