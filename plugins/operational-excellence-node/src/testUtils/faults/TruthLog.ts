import { Instant } from 'backstage-plugin-operational-excellence-common';
import { isDeepStrictEqual } from 'node:util';

/**
 * Figures, and which rows they are of.
 *
 * @public
 */
export interface Truth {
  figures: unknown;
  /** Names of what must be stored. */
  rows: readonly string[];
}

/** What was true upstream, and from when to when. */
export class TruthLog {
  readonly #held: { truth: Truth; from: Instant; to: Instant }[] = [];

  /** To be called after everything that changes it. */
  note(truth: Truth): void {
    const now = Date.now();
    const last = this.#held.at(-1);
    if (last) last.to = now;
    this.#held.push({ truth, from: now, to: Infinity });
  }

  get latest(): Truth {
    const last = this.#held.at(-1);
    if (!last) throw new Error('No truth was noted');
    return last.truth;
  }

  /** Whether these figures were true at some instant since another one. */
  held(figures: unknown, since: Instant): boolean {
    return this.#held.some(
      ({ truth, to }) =>
        to >= since && isDeepStrictEqual(truth.figures, figures),
    );
  }
}
