import { UpstreamError } from 'backstage-plugin-operational-excellence-node';
import {
  Asking,
  IssueList,
  IssueQuery,
  RedmineApi,
  RedmineIssue,
} from '../api';

/** One page of a walk. */
export interface WalkedPage {
  issues: RedmineIssue[];
  /** The highest id of all that was read. */
  after: number;
  isLast: boolean;
}

/**
 * Reads issues by ascending id, so that none is missed that changes meanwhile: an
 * id never changes, and so no issue ever changes its place. Each page is asked for
 * by the id after which it starts, not by its number, because the place of
 * everything shifts when an issue is deleted.
 *
 * @param from - `after`: where to start, 0 at the very first issue
 * @param prove - proves the credentials; called where a page holds less than the
 * one before promised, because a key that was revoked in between shows just that
 */
export async function* walkIssues(
  api: RedmineApi,
  from: Omit<IssueQuery, 'fromId'> & { after: number },
  { asking, prove }: { asking: Asking; prove: () => Promise<unknown> },
): AsyncGenerator<WalkedPage, void, undefined> {
  const { since, projectId } = from;
  let after = from.after;
  let promised = 0;
  for (;;) {
    const query = { since, projectId, fromId: after + 1 };
    let page: IssueList;
    try {
      page = await list(api, query, asking);
    } catch (error) {
      if (projectId === undefined || !isHidden(error)) throw error;
      await prove();
      yield { issues: [], after, isLast: true };
      return;
    }
    if (page.total < promised || isShort(page)) {
      // Something was deleted, or we were lied to: the same answer twice is believed.
      await prove();
      page = await list(api, query, asking);
    }
    if (isShort(page)) {
      throw api.invalidAnswer(
        'GET /issues.json',
        `it counts ${page.total} issues and names ${page.issues.length}, with ${page.limit} to a page`,
      );
    }
    const { issues, total, limit } = page;
    // A full page that the count does not explain may be followed by more.
    const isLast = issues.length < limit || issues.length === total;
    after = issues.at(-1)?.id ?? after;
    promised = total - issues.length;
    yield { issues, after, isLast };
    if (isLast) return;
  }
}

/** Whether a project shows no issues, because of rights or because it tracks none. */
function isHidden(error: unknown): boolean {
  return (
    error instanceof UpstreamError &&
    (error.kind === 'forbidden' || error.kind === 'not-found')
  );
}

async function list(
  api: RedmineApi,
  query: IssueQuery,
  asking: Asking,
): Promise<IssueList> {
  const page = await api.issues(query, asking);
  let least = query.fromId;
  for (const { id } of page.issues) {
    if (id < least) {
      throw api.invalidAnswer(
        'GET /issues.json',
        `asked for issues from #${query.fromId} on, by ascending id, it names #${id} before the end; Redmine 4 or newer is expected`,
      );
    }
    least = id + 1;
  }
  return page;
}

/** Whether a page names fewer issues than it says there are. */
function isShort({ issues, total, limit }: IssueList): boolean {
  return issues.length < Math.min(total, limit);
}
