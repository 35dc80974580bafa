import { useApi } from '@backstage/frontend-plugin-api';
import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import { useRef } from 'react';
import { operationalExcellenceApiRef } from '../api';
import { Loadable, useLoadable, usePolling } from '../loading';

/** Several people may answer at once. */
const POLL_MS = 5_000;

/** A readiness test, read again as long as something can happen to it. */
export function useReadinessTest(id: string): {
  loaded: Loadable<ReadinessTestDetail>;
  /** What was last read: nothing that is typed goes because the network does. */
  last: ReadinessTestDetail | undefined;
} {
  const api = useApi(operationalExcellenceApiRef);
  const loaded = useLoadable(id, signal =>
    api.getReadinessTest(id, { signal }),
  );
  const kept = useRef<ReadinessTestDetail>();
  if (loaded.status === 'ready') kept.current = loaded.value;
  if (loaded.status === 'forbidden' || loaded.status === 'not-found') {
    kept.current = undefined;
  }
  const last = kept.current?.id === id ? kept.current : undefined;
  usePolling(loaded, {
    everyMs: POLL_MS,
    isActive: last?.state === 'open' || last?.state === 'awaiting-sign-off',
  });
  return { loaded, last };
}
