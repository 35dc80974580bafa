/** Numbers that look random and are the same each time, for one seed. */
export class Random {
  #state: number;

  private constructor(state: number) {
    this.#state = state;
  }

  /** Seeded with the FNV-1a hash of a text. */
  static of(seed: string): Random {
    let hash = 0x811c9dc5;
    for (const byte of Buffer.from(seed)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    return new Random(hash);
  }

  /** From 0, inclusive, to 1, exclusive; the generator mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)];
  }

  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [result[i], result[j]] = [result[j], result[i]];
    }
    return result;
  }
}
