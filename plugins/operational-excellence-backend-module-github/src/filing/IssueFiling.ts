import { LoggerService } from '@backstage/backend-plugin-api';
import {
  FiledTicket,
  filedDigest,
  FileTicketRequest,
  includesAnyName,
  instantBefore,
  UpstreamError,
  writeFiledText,
} from 'backstage-plugin-operational-excellence-node';
import { RepositoryName, repositoryKey } from '../annotations';
import { GithubApi, GithubIssue, NewIssue } from '../api';
import { IssueRules } from '../config';
import { toTicket, walkIssues } from '../issues';
import { FilingAuthors } from './FilingAuthors';

/**
 * How long ago an issue may have been filed that is still looked for. Who is in
 * doubt looks soon; the rest is for outages.
 */
const LOOK_BACK_MS = 30 * 24 * 60 * 60_000;

/** Files improvements as issues, and finds them again. */
export class IssueFiling {
  static create(options: IssueFilingOptions): IssueFiling {
    return new IssueFiling(options);
  }

  private constructor(private readonly options: IssueFilingOptions) {}

  /** Creates an issue that counts as an improvement. */
  async file(
    repository: RepositoryName,
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    const { api, authors, rules } = this.options;
    const { idempotencyKey, signal } = options;
    // What could not be found again must not be filed.
    await authors.of(repository.owner, signal);
    const issue: NewIssue = {
      title: request.title,
      body: writeFiledText(request, idempotencyKey),
      ...classified(request.labels, rules),
    };
    const created = await api.createIssue(repository, issue, signal);
    if (!created) throw this.renamed(repository);
    this.noteDropped(repository, issue, created);
    return this.toFiled(repository, created);
  }

  /**
   * The issue that was filed under a key.
   *
   * @remarks
   *
   * GitHub's search lags behind by minutes; its lists know an issue within
   * seconds. They can be filtered by no text, so all issues are looked at that
   * were updated since it can have been filed. A copy of our issue has our marker
   * as well: it counts only in issues that our credentials created, and the first
   * one is the original.
   */
  async find(
    repository: RepositoryName,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    const { sourceId, api, authors } = this.options;
    const { idempotencyKey, signal } = options;
    const names = await authors.of(repository.owner, signal);
    const digest = filedDigest(idempotencyKey);
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    const since = instantBefore(now, LOOK_BACK_MS);
    let found: GithubIssue | undefined;
    for await (const { issues } of walkIssues({
      sourceId,
      api,
      repository,
      since,
      signal,
    })) {
      for (const issue of issues) {
        const isOurs =
          issue.filedDigest === digest &&
          !issue.pull_request &&
          names.has(issue.user?.login.toLowerCase() ?? '');
        if (isOurs && (!found || issue.number <= found.number)) found = issue;
      }
    }
    return found && this.toFiled(repository, found);
  }

  private toFiled(repository: RepositoryName, issue: GithubIssue): FiledTicket {
    const { externalId, key, url } = toTicket(
      issue,
      repositoryKey(repository),
      this.options.rules,
    );
    return { externalId, key, url };
  }

  /** Who may create issues may not always label them. */
  private noteDropped(
    { owner, name }: RepositoryName,
    wanted: NewIssue,
    created: GithubIssue,
  ): void {
    const { sourceId, logger } = this.options;
    const given = created.labels.flatMap(label =>
      typeof label === 'string' ? label : label.name ?? [],
    );
    const dropped = [
      ...wanted.labels
        .filter(label => !includesAnyName([label], given))
        .map(label => `the label ${JSON.stringify(label)}`),
      ...(wanted.type && !created.type ? [`the type ${wanted.type}`] : []),
    ];
    if (dropped.length === 0) return;
    logger.warn(
      `${sourceId}: ${owner}/${name}#${
        created.number
      } was filed, but GitHub dropped ${dropped.join(
        ', ',
      )}: the credentials need push access to the repository, or write access to Issues`,
    );
  }

  private renamed({ owner, name }: RepositoryName): UpstreamError {
    return new UpstreamError({
      kind: 'rejected',
      source: this.options.sourceId,
      operation: `filing an issue in ${owner}/${name}`,
      detail:
        'the repository was renamed or transferred: correct the annotation github.com/project-slug',
    });
  }
}

export interface IssueFilingOptions {
  sourceId: string;
  api: GithubApi;
  authors: FilingAuthors;
  rules: IssueRules;
  logger: LoggerService;
}

/** Labels and type that make an improvement of it, as far as the labels given do not. */
function classified(
  labels: string[],
  { improvement }: IssueRules,
): Pick<NewIssue, 'labels' | 'type'> {
  if (includesAnyName(improvement.labels, labels)) return { labels };
  const [label] = improvement.labels;
  return label === undefined
    ? { labels, type: improvement.issueTypes[0] }
    : { labels: [...labels, label] };
}
