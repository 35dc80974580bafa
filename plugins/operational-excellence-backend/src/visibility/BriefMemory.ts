export interface BriefMemoryOptions<T> {
  /** How long a value is kept once it is there, milliseconds. */
  keepFor: number;
  /** How much is kept altogether; the least recently used goes first. */
  maxWeight: number;
  /** What a value counts towards `maxWeight`; 1 if left out. */
  weigh?: (value: T) => number;
  now?: () => number;
}

/**
 * Remembers answers for a short time and a bounded amount of them. Who asks
 * while an answer is being sought waits for the same one; a failure is told to
 * all of them and not kept.
 */
export class BriefMemory<T> {
  readonly #options: Required<BriefMemoryOptions<T>>;
  readonly #sought = new Map<string, Promise<T>>();
  /** Least recently used first. */
  readonly #kept = new Map<
    string,
    { value: T; weight: number; until: number }
  >();
  #weight = 0;

  constructor(options: BriefMemoryOptions<T>) {
    this.#options = {
      ...options,
      weigh: options.weigh ?? (() => 1),
      now: options.now ?? Date.now,
    };
  }

  /** What is remembered under the key, if it still is. */
  peek(key: string): T | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    this.#forget(key);
    if (kept.until <= this.#options.now()) return undefined;
    this.#keep(key, kept);
    return kept.value;
  }

  /** What is remembered under the key, else what `seek` finds. */
  async recall(key: string, seek: () => Promise<T>): Promise<T> {
    const remembered = this.peek(key);
    if (remembered !== undefined) return remembered;

    let sought = this.#sought.get(key);
    if (!sought) {
      sought = this.#seek(key, seek).finally(() => this.#sought.delete(key));
      this.#sought.set(key, sought);
    }
    return sought;
  }

  async #seek(key: string, seek: () => Promise<T>): Promise<T> {
    const value = await seek();
    const { keepFor, maxWeight, now, weigh } = this.#options;
    const weight = weigh(value);
    if (keepFor > 0 && weight <= maxWeight) {
      this.#forget(key);
      this.#keep(key, { value, weight, until: now() + keepFor });
      this.#shrink();
    }
    return value;
  }

  #keep(key: string, kept: { value: T; weight: number; until: number }) {
    this.#kept.set(key, kept);
    this.#weight += kept.weight;
  }

  #forget(key: string) {
    this.#weight -= this.#kept.get(key)?.weight ?? 0;
    this.#kept.delete(key);
  }

  #shrink() {
    for (const key of this.#kept.keys()) {
      if (this.#weight <= this.#options.maxWeight) return;
      this.#forget(key);
    }
  }
}
