import { useEffect, useRef } from 'react';

const INTERVAL_MS = 10_000;

/**
 * Reads again every ten seconds as long as the page is looked at, and at once
 * when one comes back to it.
 */
export function usePolling(read: (() => void) | undefined): void {
  const latestRead = useRef(read);
  latestRead.current = read;
  useEffect(() => {
    const readIfVisible = () => {
      if (document.visibilityState === 'visible') latestRead.current?.();
    };
    const timer = setInterval(readIfVisible, INTERVAL_MS);
    document.addEventListener('visibilitychange', readIfVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', readIfVisible);
    };
  }, []);
}
