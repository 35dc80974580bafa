import { useEffect, useRef } from 'react';
import type { Loadable } from './useLoadable';

const INTERVAL_MS = 10_000;

/**
 * Reads something again and again as long as the page is looked at, and at once
 * when one comes back to it. What is being read is waited for, however slow the
 * backend is.
 *
 * @param options - `everyMs` is ten seconds, and `isActive` true, if left out
 */
export function usePolling(
  loadable: Loadable<unknown>,
  options: { everyMs?: number; isActive?: boolean } = {},
): void {
  const { everyMs = INTERVAL_MS, isActive = true } = options;
  const latest = useRef(loadable);
  latest.current = loadable;
  useEffect(() => {
    if (!isActive) return undefined;
    const readAgain = () => {
      if (document.visibilityState !== 'visible') return;
      const { current } = latest;
      if (current.status === 'failed') current.reload();
      if (current.status === 'ready' && !current.refreshing) current.reload();
    };
    const timer = setInterval(readAgain, everyMs);
    document.addEventListener('visibilitychange', readAgain);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', readAgain);
    };
  }, [everyMs, isActive]);
}
