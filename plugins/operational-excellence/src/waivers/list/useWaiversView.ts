import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

export const WAIVER_STATES = ['active', 'ending-soon', 'ended'] as const;

export type WaiverState = (typeof WAIVER_STATES)[number];

/** What the list shows; all of it is in the URL, so that it can be shared. */
export interface WaiversView {
  state: WaiverState;
  /** References of owners; those of any where empty. */
  owner: string[];
}

/** The view that the URL names, and a way to change it. */
export function useWaiversView(): [
  WaiversView,
  (change: Partial<WaiversView>) => void,
] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parse(params), [params]);
  const change = useCallback(
    (changes: Partial<WaiversView>) =>
      setParams(current => format({ ...parse(current), ...changes })),
    [setParams],
  );
  return [view, change];
}

function parse(params: URLSearchParams): WaiversView {
  const state = params.get('state');
  return {
    state: WAIVER_STATES.find(known => known === state) ?? 'active',
    owner: [...new Set(params.getAll('owner'))].filter(Boolean),
  };
}

function format({ owner, state }: WaiversView): URLSearchParams {
  const params = new URLSearchParams();
  if (state !== 'active') params.set('state', state);
  owner.forEach(ref => params.append('owner', ref));
  return params;
}
