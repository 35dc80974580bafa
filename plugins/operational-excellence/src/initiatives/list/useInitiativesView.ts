import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

export const INITIATIVE_VIEWS = ['open', 'overdue', 'closed'] as const;

export type InitiativesView = (typeof INITIATIVE_VIEWS)[number];

/** Which initiatives the URL says are listed, and a way to list others. */
export function useInitiativesView(): [
  InitiativesView,
  (view: InitiativesView) => void,
] {
  const [params, setParams] = useSearchParams();
  const asked = params.get('state');
  const view = INITIATIVE_VIEWS.find(known => known === asked) ?? 'open';
  const change = useCallback(
    (next: InitiativesView) =>
      setParams(next === 'open' ? {} : { state: next }),
    [setParams],
  );
  return [view, change];
}
