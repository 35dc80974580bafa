import { isDeepStrictEqual } from 'node:util';
import { UpstreamError } from '../upstream';
import { isAfter, laterInstant } from './instants';

/** How many pages in a row may bring nothing new before we stop to believe them. */
const MAX_BARREN_PAGES = 10;

/**
 * A page of issues in the order of their last update, the oldest first.
 *
 * @public
 */
export interface UpdateList<TIssue, TNext> {
  issues: TIssue[];
  /** Leads to the page behind it, where there is one. */
  next: TNext | undefined;
}

/**
 * One page of a walk; without the issues that it has in common with earlier ones.
 *
 * @public
 */
export type WalkedPage<TList> = TList & {
  /**
   * No issue that is still to come was updated before this instant, as the server
   * writes it; `undefined` as long as there was none.
   */
  position: string | undefined;
};

/**
 * Reads issues in the order of their last update, so that none is missed that
 * changes while they are read.
 *
 * @remarks
 *
 * An issue that is updated moves to the end of the list, and those behind it move
 * up: who turns pages by number would miss the first of the next page. So each
 * page is asked for by the instant at which the last one ended. Only where more
 * issues than fit on a page were updated at one instant, pages are turned.
 *
 * @public
 */
export class UpdateWalk<
  TIssue extends { id: number },
  TNext,
  TList extends UpdateList<TIssue, TNext>,
> {
  /**
   * @param options - `title`: what is read, for messages; `updatedAtOf`: when an
   * issue was last updated, as the server writes it; `list`: asks for what was
   * updated at or after `since`, or for the page that an earlier one led to
   */
  static create<
    TIssue extends { id: number },
    TNext,
    TList extends UpdateList<TIssue, TNext>,
  >(options: {
    sourceId: string;
    title: string;
    updatedAtOf: (issue: TIssue) => string;
    list: (from: { since?: string; next?: TNext }) => Promise<TList>;
  }): UpdateWalk<TIssue, TNext, TList> {
    const { sourceId, title, updatedAtOf, list } = options;
    return new UpdateWalk(sourceId, title, updatedAtOf, list);
  }

  /** What was given and can come again, because it was updated no earlier than the position. */
  private given: TIssue[] = [];

  private constructor(
    private readonly sourceId: string,
    private readonly title: string,
    private readonly updatedAtOf: (issue: TIssue) => string,
    private readonly ask: (from: {
      since?: string;
      next?: TNext;
    }) => Promise<TList>,
  ) {}

  /** @param start - where to start; without it at the very first issue */
  async *pages(start?: string): AsyncGenerator<WalkedPage<TList>> {
    let since = start;
    let page = await this.list({ since });
    for (;;) {
      const position = laterInstant(since, this.endOf(page));
      yield this.walked(page, position);
      if (!page.next) return;

      if (isAfter(position, since)) {
        since = position;
      } else {
        const end: string | undefined = yield* this.crowd(since, page);
        if (end === undefined) return;
        since = end;
      }
      page = await this.promised({ since });
    }
  }

  /**
   * Turns the pages of issues that were updated at one instant; the first page
   * was read. Answers an instant behind them to go on from, `undefined` where
   * there is nothing behind them.
   *
   * Where pages are turned by number, an issue of theirs that is updated meanwhile
   * lets another one slip to a page that was turned already. So they are read
   * again until none turns up that was not seen.
   */
  private async *crowd(
    since: string | undefined,
    first: TList,
  ): AsyncGenerator<WalkedPage<TList>, string | undefined> {
    const seen = new Set<number>();
    let page = first;
    for (;;) {
      const seenBefore = seen.size;
      const inThisTurn = new Set<number>();
      let barren = 0;
      for (;;) {
        const known = inThisTurn.size;
        for (const issue of page.issues) {
          inThisTurn.add(issue.id);
          if (!isAfter(this.updatedAtOf(issue), since)) seen.add(issue.id);
        }
        barren = inThisTurn.size === known ? barren + 1 : 0;
        if (barren > MAX_BARREN_PAGES) {
          throw this.invalid(
            'its pages of issues repeat themselves and come to no end',
          );
        }
        if (!page.next || isAfter(this.endOf(page), since)) break;
        page = await this.promised({ since, next: page.next });
        yield this.walked(page, since);
      }
      if (seen.size === seenBefore) {
        return page.next ? this.endOf(page) : undefined;
      }
      page = await this.promised({ since });
      yield this.walked(page, since);
    }
  }

  private walked(page: TList, position: string | undefined): WalkedPage<TList> {
    const given = new Map(this.given.map(issue => [issue.id, issue]));
    const issues = page.issues.filter(
      issue => !isDeepStrictEqual(issue, given.get(issue.id)),
    );
    this.given = [...this.given, ...issues].filter(
      issue => !isAfter(position, this.updatedAtOf(issue)),
    );
    return { ...page, issues, position };
  }

  /**
   * A page that cannot be empty: the one before said that there is more, or it
   * begins with an issue that was seen. An issue that was deleted meanwhile can
   * make it so, which the next run finds out.
   */
  private async promised(from: {
    since?: string;
    next?: TNext;
  }): Promise<TList> {
    const list = await this.list(from);
    if (list.issues.length > 0) return list;
    throw this.invalid(
      'a page of issues that there must be is empty, so that issues behind it may be missing',
    );
  }

  private async list(from: { since?: string; next?: TNext }): Promise<TList> {
    const list = await this.ask(from);
    const last = list.issues.at(-1);
    if (last && isAfter(from.since, this.updatedAtOf(last))) {
      throw this.invalid(
        `asked for issues updated since ${
          from.since
        }, in that order, it names one of ${this.updatedAtOf(last)} last`,
      );
    }
    return list;
  }

  private invalid(detail: string): UpstreamError {
    return new UpstreamError({
      kind: 'invalid-response',
      source: this.sourceId,
      operation: `reading the issues of ${this.title}`,
      detail,
    });
  }
  /**
   * The instant at which a page ends: the lower one of its last two issues. An
   * issue that is updated while the server puts a page together can show its new
   * instant at its old place; as the last one it would let us skip what comes next.
   */
  private endOf({ issues }: TList): string | undefined {
    const [last, last2] = issues.slice(-2).reverse().map(this.updatedAtOf);
    return last2 !== undefined && isAfter(last, last2) ? last2 : last;
  }
}
