/**
 * The time that an attempt has, together with the caller's own signal: whichever
 * comes first aborts `signal`.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;
  #expired = false;

  readonly #onCallerAbort = () => this.#controller.abort();

  static start(options: { ms: number; caller?: AbortSignal }): Deadline {
    return new Deadline(options.ms, options.caller);
  }

  private constructor(ms: number, caller: AbortSignal | undefined) {
    this.#caller = caller;
    this.#timer = setTimeout(() => {
      this.#expired = true;
      this.#controller.abort();
    }, ms);
    if (caller?.aborted) this.#onCallerAbort();
    // Not AbortSignal.any: on Node.js 20 it holds on to every signal that it ever
    // combined with one that lives on, such as that of a whole run.
    caller?.addEventListener('abort', this.#onCallerAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the time was up before the caller aborted. */
  get expired(): boolean {
    return this.#expired;
  }

  /** Ends the attempt: stops what of it is still under way. */
  end(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#onCallerAbort);
    this.#controller.abort();
  }
}
