import { useEffect, useRef } from 'react';
import { Loadable } from '../loading';

const INTERVAL_MS = 10_000;

/**
 * Reads something again every ten seconds as long as the page is looked at, and
 * at once when one comes back to it. What is being read is waited for, however
 * slow the backend is.
 */
export function usePolling(loadable: Loadable<unknown>): void {
  const latest = useRef(loadable);
  latest.current = loadable;
  useEffect(() => {
    const readAgain = () => {
      if (document.visibilityState !== 'visible') return;
      const { current } = latest;
      if (current.status === 'failed') current.reload();
      if (current.status === 'ready' && !current.refreshing) current.reload();
    };
    const timer = setInterval(readAgain, INTERVAL_MS);
    document.addEventListener('visibilitychange', readAgain);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', readAgain);
    };
  }, []);
}
