/**
 * Waits for work, but no longer than a time, and not beyond the abort of
 * a signal. Rejects with the `TimeoutError` or the reason of the abort.
 */
export async function within<T>(
  timeoutMs: number,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  limit.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(limit.reason);
    limit.addEventListener('abort', onAbort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => limit.removeEventListener('abort', onAbort));
  });
}
