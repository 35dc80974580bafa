import { useEffect, useState } from 'react';

const listeners = new Set<(entityRef: string) => void>();

/**
 * Tells whatever shows figures of a service that these have changed, wherever it
 * is shown: a dialog may be opened from a menu that knows nothing of the page.
 */
export function announceServiceChange(entityRef: string): void {
  listeners.forEach(listener => listener(entityRef));
}

/**
 * Counts the announced changes of a service, or of all of them: as a part of the
 * key of what is read, it lets that be read again.
 */
export function useServiceChanges(entityRef?: string): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const listener = (changed: string) => {
      if (entityRef === undefined || changed === entityRef) {
        setCount(before => before + 1);
      }
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [entityRef]);
  return count;
}
