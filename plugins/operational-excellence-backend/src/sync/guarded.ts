/**
 * The items of an iterable, except that it ends with an error when the signal is
 * aborted or the next item takes too long, whether or not the iterable minds the
 * signal itself.
 */
export async function* guarded<T>(
  iterable: AsyncIterable<T>,
  options: { signal: AbortSignal; stallMs: number },
): AsyncGenerator<T, void, undefined> {
  const iterator = iterable[Symbol.asyncIterator]();
  let isDone = false;
  try {
    for (;;) {
      const next = await orStopped(() => iterator.next(), options);
      if (next.done) {
        isDone = true;
        return;
      }
      yield next.value;
    }
  } finally {
    if (!isDone) close(iterator);
  }
}

/** What some work leads to, except that it fails when it must stop. */
export async function orStopped<T>(
  work: () => Promise<T>,
  options: { signal: AbortSignal; stallMs: number },
): Promise<T> {
  const { signal, stallMs } = options;
  signal.throwIfAborted();

  let stop: () => void = () => {};
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    timer = setTimeout(
      () =>
        reject(
          new Error(
            `The source gave no answer within ${stallMs / 1000} seconds`,
          ),
        ),
      stallMs,
    );
  });
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Tells an iterator that no more is wanted. Not waited for: one that hangs would
 * keep the run from ending, and how it takes this is no concern of the run.
 */
function close(iterator: AsyncIterator<unknown>) {
  const closing = async () => iterator.return?.();
  closing().catch(() => undefined);
}
