/** The longest time that a timer of Node.js takes. */
const MAX_TIMER_MS = 2_147_483_647;

/** The error that a call ends with when its caller aborts it. */
export function abortError(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return isAbortError(reason)
    ? reason
    : new DOMException('The call was aborted', 'AbortError');
}

function isAbortError(error: unknown): error is Error {
  return (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    error.name === 'AbortError'
  );
}

/** Throws an `AbortError` where the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

/**
 * Waits for a promise, but no longer than until the signal is aborted. What the
 * promise comes to after that is nobody's business any more.
 */
export function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(abortError(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Sleeps, and wakes with an `AbortError` when the signal is aborted. */
export async function sleep(
  ms: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  throwIfAborted(signal);
  let timer: NodeJS.Timeout | undefined;
  const slept = new Promise<void>(resolve => {
    timer = setTimeout(resolve, Math.min(Math.max(ms, 0), MAX_TIMER_MS));
  });
  try {
    await unlessAborted(slept, signal);
  } finally {
    clearTimeout(timer);
  }
}
