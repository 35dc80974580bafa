/** A page of a list that is asked for by the number of rows before it. */
export interface OffsetPage<T> {
  rows: T[];
  total: number;
  requests: number;
}

/** Rows that are asked for again, so that a gap shows. */
const OVERLAP = 10;

/** How often a list may be begun anew before we stop to believe it. */
const MAX_RESTARTS = 5;
const MAX_BARREN_PAGES = 10;

/**
 * Reads a list page by page, by offsets, and finds out when it shifts meanwhile.
 *
 * @remarks
 *
 * When a row moves away from the part that was read, those behind it move up, and
 * the next page would begin too late. So pages overlap, and must have a row in
 * common; where they have none, the list is read anew. Where the rows are in an
 * order, `moveOn` lets the list begin later, so that offsets stay small.
 */
export class OffsetWalk<T> {
  /** What was given and can come again. */
  private given = new Map<string, T>();

  constructor(
    private readonly options: {
      fetch: (offset: number) => Promise<OffsetPage<T>>;
      /** Names a row in one state. */
      identity: (row: T) => string;
      /**
       * Lets the list begin later, where the page allows that; says which rows it
       * still holds then.
       */
      moveOn?: (page: T[]) => ((row: T) => boolean) | undefined;
      fail: (detail: string) => Error;
    },
  ) {}

  async *pages(): AsyncGenerator<OffsetPage<T> & { isLast: boolean }> {
    const { fetch, identity, moveOn, fail } = this.options;
    let offset = 0;
    let isBeginning = true;
    let restarts = 0;
    let barren = 0;
    for (;;) {
      const page = await fetch(offset);
      const known = page.rows.filter(row => this.given.has(identity(row)));
      // A page after the first begins with rows that were given.
      const isGap = !isBeginning && known.length === 0;
      if (isGap || (page.rows.length === 0 && offset < page.total)) {
        restarts += 1;
        if (restarts > MAX_RESTARTS) {
          throw fail('the list changes faster than it can be read');
        }
        yield { ...page, rows: [], isLast: false };
        offset = 0;
        isBeginning = true;
        continue;
      }
      isBeginning = false;
      const rows = page.rows.filter(row => !this.given.has(identity(row)));
      page.rows.forEach(row => this.given.set(identity(row), row));
      const isLast =
        page.rows.length === 0 || offset + page.rows.length >= page.total;
      barren = rows.length ? 0 : barren + 1;
      yield { ...page, rows, isLast };
      if (isLast) return;
      if (barren > MAX_BARREN_PAGES) {
        throw fail('its pages go in circles');
      }

      const stays = moveOn?.(page.rows);
      if (stays) {
        this.given = new Map([...this.given].filter(([, row]) => stays(row)));
        offset = Math.max(0, this.given.size - OVERLAP);
      } else {
        const overlap = Math.min(OVERLAP, Math.floor(page.rows.length / 2));
        offset += page.rows.length - overlap;
      }
    }
  }
}
