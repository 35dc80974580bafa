import {
  UpdateWalk,
  WalkedPage,
} from 'backstage-plugin-operational-excellence-node';
import { GithubApi, GithubIssue, IssueList, Query, Repository } from '../api';

/**
 * The issues of a repository in the order of their last update.
 *
 * @param options - `since`: where to start, without it at the very first issue;
 * `ifNoneMatch`: the etag of the page that was read from there the last time
 */
export function walkIssues(options: {
  sourceId: string;
  api: GithubApi;
  repository: Repository;
  since?: string;
  ifNoneMatch?: string;
  signal: AbortSignal;
}): AsyncGenerator<WalkedPage<IssueList>> {
  const { sourceId, api, signal, since } = options;
  const repository = { ...options.repository };
  let { ifNoneMatch } = options;
  return UpdateWalk.create<GithubIssue, Query, IssueList>({
    sourceId,
    title: `${repository.owner}/${repository.name}`,
    updatedAtOf: issue => issue.updated_at,
    async list(from) {
      const list = await api.listIssues(repository, {
        ...from,
        ifNoneMatch,
        signal,
      });
      ifNoneMatch = undefined;
      // A renamed repository redirects once, not with every page.
      repository.issuesUrl = list.issuesUrl;
      return list;
    },
  }).pages(since);
}
