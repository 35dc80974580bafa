import { useApi } from '@backstage/frontend-plugin-api';
import type { Source } from 'backstage-plugin-operational-excellence-common';
import { useRef } from 'react';
import { operationalExcellenceApiRef } from '../api';
import { Loadable, useLoadable, usePolling } from '../loading';

export interface SourceList {
  items: Source[];
  asOf: string;
}

/**
 * The sources, read again and again. Where reading them again fails, what was
 * last read stays, together with the reason.
 */
export function useSources(): {
  sources: Loadable<SourceList>;
  last: SourceList | undefined;
} {
  const api = useApi(operationalExcellenceApiRef);
  const sources = useLoadable('sources', signal => api.getSources({ signal }));
  const last = useRef<SourceList>();
  if (sources.status === 'ready') last.current = sources.value;
  if (sources.status === 'forbidden') last.current = undefined;
  usePolling(sources);
  return { sources, last: last.current };
}
