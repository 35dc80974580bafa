import { ResponseError } from '@backstage/errors';
import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * What a component that reads from the backend can be in. While something is
 * read again, the last value stays.
 */
export type Loadable<T> =
  | { status: 'loading' }
  | { status: 'ready'; value: T; refreshing: boolean; reload: () => void }
  | { status: 'forbidden' }
  | { status: 'not-found' }
  | { status: 'failed'; error: Error; reload: () => void };

/** That a component could not read. */
export type LoadFailed = Extract<
  Loadable<unknown>,
  { status: 'forbidden' | 'not-found' | 'failed' }
>;

export function isFailed(loadable: Loadable<unknown>): loadable is LoadFailed {
  return loadable.status !== 'loading' && loadable.status !== 'ready';
}

type Outcome<T> = { value: T } | { error: Error };

/**
 * Reads from the backend, and again whenever the key changes. An answer that was
 * overtaken by a later request is dropped.
 *
 * @param key - names what is read; everything that `read` depends on. Without
 * one nothing is read, and what was read before is forgotten.
 */
export function useLoadable<T>(
  key: string | undefined,
  read: (signal: AbortSignal) => Promise<T>,
): Loadable<T> {
  const [outcome, setOutcome] = useState<Outcome<T>>();
  const [pending, setPending] = useState(true);
  const [attempt, setAttempt] = useState(0);
  const reload = useCallback(() => setAttempt(count => count + 1), []);
  const latestRead = useRef(read);
  latestRead.current = read;

  useEffect(() => {
    if (key === undefined) {
      setOutcome(undefined);
      return undefined;
    }
    const controller = new AbortController();
    setPending(true);
    latestRead.current(controller.signal).then(
      value => {
        if (controller.signal.aborted) return;
        setOutcome({ value });
        setPending(false);
      },
      error => {
        if (controller.signal.aborted) return;
        setOutcome({ error });
        setPending(false);
      },
    );
    return () => controller.abort();
  }, [attempt, key]);

  if (outcome && 'value' in outcome) {
    return {
      status: 'ready',
      value: outcome.value,
      refreshing: pending,
      reload,
    };
  }
  if (!outcome || pending) return { status: 'loading' };
  return failure(outcome.error, reload);
}

function failure(error: Error, reload: () => void): Loadable<never> {
  const code = error instanceof ResponseError ? error.statusCode : undefined;
  if (code === 403) return { status: 'forbidden' };
  if (code === 404) return { status: 'not-found' };
  return { status: 'failed', error, reload };
}
