import pLimit, { Limit } from 'p-limit';
import { sleep, throwIfAborted, unlessAborted } from './abort';

/**
 * Lets the requests to one host through: so many at once, so long apart, and
 * none while the host wants to be left alone.
 */
export class HostGate {
  readonly #limit: Limit;
  readonly #minIntervalMs: number;
  #nextStart = 0;
  #pausedUntil = 0;

  static create(options: {
    concurrency: number;
    minIntervalMs: number;
  }): HostGate {
    return new HostGate(options.concurrency, options.minIntervalMs);
  }

  private constructor(concurrency: number, minIntervalMs: number) {
    this.#limit = pLimit(concurrency);
    this.#minIntervalMs = minIntervalMs;
  }

  /** Keeps requests back until an instant. */
  pauseUntil(instant: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, instant);
  }

  /**
   * Runs a task when it is its turn.
   *
   * @param task - gets the end of the pause instead of its turn where that is
   * further away than `maxPauseMs`
   */
  run<T>(
    options: { signal: AbortSignal | undefined; maxPauseMs: number },
    task: (turn: { pausedUntil?: number }) => Promise<T>,
  ): Promise<T> {
    const { signal, maxPauseMs } = options;
    const turn = this.#limit(async () => {
      throwIfAborted(signal);
      return task({ pausedUntil: await this.#wait(signal, maxPauseMs) });
    });
    return unlessAborted(turn, signal);
  }

  async #wait(signal: AbortSignal | undefined, maxPauseMs: number) {
    for (;;) {
      const now = Date.now();
      if (this.#pausedUntil - now > maxPauseMs) return this.#pausedUntil;
      const start = Math.max(this.#pausedUntil, this.#nextStart);
      if (start <= now) {
        this.#nextStart = now + this.#minIntervalMs;
        return undefined;
      }
      await sleep(start - now, signal);
    }
  }
}
