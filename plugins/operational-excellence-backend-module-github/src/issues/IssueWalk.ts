import { isDeepStrictEqual } from 'node:util';
import { UpstreamError } from 'backstage-plugin-operational-excellence-node';
import { GithubApi, GithubIssue, IssueList, Query, Repository } from '../api';
import { isAfter, later } from './instants';

/** How many pages in a row may bring nothing new before we stop to believe them. */
const MAX_BARREN_PAGES = 10;

/** One page of a walk; without the issues that it has in common with earlier ones. */
export interface WalkedPage extends IssueList {
  /**
   * No issue that is still to come was updated before this instant, as the server
   * writes it; `undefined` as long as there was none.
   */
  position: string | undefined;
}

/**
 * Reads the issues of a repository in the order of their last update, so that
 * none is missed that changes while it is read.
 *
 * @remarks
 *
 * An issue that is updated moves to the end of the list, and those behind it
 * move up: who turns pages would miss the first of the next page. So each page
 * is asked for by the instant at which the last one ended. Only where more
 * issues than fit on a page were updated at one instant, pages are turned.
 */
export class IssueWalk {
  static create(options: {
    sourceId: string;
    api: GithubApi;
    repository: Repository;
    signal: AbortSignal;
  }): IssueWalk {
    const { sourceId, api, repository, signal } = options;
    return new IssueWalk(sourceId, api, { ...repository }, signal);
  }

  /** What was given and can come again, because it was updated no earlier than the position. */
  private given: GithubIssue[] = [];

  private constructor(
    private readonly sourceId: string,
    private readonly api: GithubApi,
    private readonly repository: Repository,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * @param from - `since`: where to start, without it at the very first issue;
   * `ifNoneMatch`: the etag of the page that was read from there the last time
   */
  async *pages(
    from: { since?: string; ifNoneMatch?: string } = {},
  ): AsyncGenerator<WalkedPage> {
    let { since } = from;
    let page = await this.list(from);
    for (;;) {
      const position = later(since, endOf(page.issues));
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
   * An issue of theirs that is updated meanwhile lets another one slip to a page
   * that was turned already. So they are read again until none turns up that was
   * not seen.
   */
  private async *crowd(
    since: string | undefined,
    first: IssueList,
  ): AsyncGenerator<WalkedPage, string | undefined> {
    const seen = new Set<number>();
    let page = first;
    for (;;) {
      const before = seen.size;
      const inThisTurn = new Set<number>();
      let barren = 0;
      for (;;) {
        const known = inThisTurn.size;
        for (const { id, updated_at } of page.issues) {
          inThisTurn.add(id);
          if (!isAfter(updated_at, since)) seen.add(id);
        }
        barren = inThisTurn.size === known ? barren + 1 : 0;
        if (barren > MAX_BARREN_PAGES) {
          throw this.invalid(
            'its pages of issues repeat themselves and come to no end',
          );
        }
        if (!page.next || isAfter(endOf(page.issues), since)) break;
        page = await this.promised({ next: page.next });
        yield this.walked(page, since);
      }
      if (seen.size === before) {
        return page.next ? endOf(page.issues) : undefined;
      }
      page = await this.promised({ since });
      yield this.walked(page, since);
    }
  }

  private walked(page: IssueList, position: string | undefined): WalkedPage {
    const given = new Map(this.given.map(issue => [issue.id, issue]));
    const issues = page.issues.filter(
      issue => !isDeepStrictEqual(issue, given.get(issue.id)),
    );
    this.given = [...this.given, ...issues].filter(
      ({ updated_at }) => !isAfter(position, updated_at),
    );
    return { ...page, issues, position };
  }

  /**
   * A page that cannot be empty: the one before said that there is more, or it
   * begins with an issue that was seen. An issue that was deleted meanwhile can
   * make it so, which the next run finds out.
   */
  private async promised(options: {
    since?: string;
    next?: Query;
  }): Promise<IssueList> {
    const list = await this.list(options);
    if (list.issues.length > 0) return list;
    throw this.invalid(
      'a page of issues that there must be is empty, so that issues behind it may be missing',
    );
  }

  private async list(options: {
    since?: string;
    next?: Query;
    ifNoneMatch?: string;
  }): Promise<IssueList> {
    const list = await this.api.listIssues(this.repository, {
      ...options,
      signal: this.signal,
    });
    // A renamed repository redirects once, not with every page.
    this.repository.issuesUrl = list.issuesUrl;
    const last = list.issues.at(-1)?.updated_at;
    if (last !== undefined && isAfter(options.since, last)) {
      throw this.invalid(
        `asked for issues updated since ${options.since}, in that order, it names one of ${last} last`,
      );
    }
    return list;
  }

  private invalid(detail: string): UpstreamError {
    const { owner, name } = this.repository;
    return new UpstreamError({
      kind: 'invalid-response',
      source: this.sourceId,
      operation: `reading the issues of ${owner}/${name}`,
      detail,
    });
  }
}

/**
 * The instant at which a page ends: the lower one of its last two issues. An
 * issue that is updated while the server puts a page together can show its new
 * instant at its old place; as the last one it would let us skip what comes next.
 */
function endOf(issues: GithubIssue[]): string | undefined {
  const [last, last2] = issues.slice(-2).reverse();
  return last2 && isAfter(last.updated_at, last2.updated_at)
    ? last2.updated_at
    : last?.updated_at;
}
