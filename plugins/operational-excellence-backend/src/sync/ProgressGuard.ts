import { createHash } from 'crypto';

/** A page may come again, such as when a source ends on a page without news. */
const REPEATS_WITH_ROWS = 3;
const REPEATS_WITHOUT_ROWS = 1000;

/**
 * Notices a source that goes round in circles: one that names the same cursor
 * with the same rows again and again.
 */
export class ProgressGuard {
  readonly #seen = new Map<string, number>();

  /** @throws Error where the page was seen too often */
  check(page: { cursor: string; rowIds: readonly string[] }) {
    const identity = createHash('sha1')
      .update(JSON.stringify([page.cursor, page.rowIds]))
      .digest('base64');
    const times = (this.#seen.get(identity) ?? 0) + 1;
    this.#seen.set(identity, times);

    const bearable = page.rowIds.length
      ? REPEATS_WITH_ROWS
      : REPEATS_WITHOUT_ROWS;
    if (times > bearable) {
      throw new Error(
        `The source repeats the same page without moving on (${times} times, ${page.rowIds.length} rows, same cursor); the run was stopped`,
      );
    }
  }
}
