import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  FiledTicket,
  FileTicketRequest,
  includesAnyName,
  UpstreamError,
  webUrl,
} from 'backstage-plugin-operational-excellence-node';
import { ScopeName } from '../annotations';
import { GitlabApi, GitlabIssue } from '../api';
import { IssueRules } from '../config';
import { externalId, PRIORITY_PREFIX } from '../issues';
import { describe, isFiledUnder } from './description';

/** What stays what it is in the marker, and in a search. */
const KEY = /^[\w-]{8,200}$/;

/** Creates improvements as issues of one GitLab instance, and finds them again. */
export class IssueFiling {
  static create(options: {
    sourceId: string;
    api: GitlabApi;
    rules: IssueRules;
    logger: LoggerService;
  }): IssueFiling {
    const { sourceId, api, rules, logger } = options;
    return new IssueFiling(sourceId, api, rules, logger);
  }

  private constructor(
    private readonly sourceId: string,
    private readonly api: GitlabApi,
    private readonly rules: IssueRules,
    private readonly logger: LoggerService,
  ) {}

  async file(
    name: ScopeName,
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    this.checkKey(options.idempotencyKey);
    if (name.kind === 'group') {
      throw this.rejected(
        `a group has no issues of its own: name the project that improvements go to by gitlab.com/project-slug, in place of the group ${name.path}`,
      );
    }
    if (!this.api.hasToken) {
      throw this.rejected(
        'nothing can be filed without a token: add one with the scope api to integrations.gitlab',
      );
    }
    const labels = this.labelsOf(request);
    const issue = await this.api.createIssue(
      name,
      {
        title: request.title,
        description: describe(request.description, options.idempotencyKey),
        labels,
        issueType: this.issueType,
      },
      options.signal,
    );
    const missing = labels.filter(
      label => !includesAnyName([label], issue.labels),
    );
    if (missing.length > 0) {
      this.logger.warn(
        `${this.sourceId}: ${
          issue.references.full
        } was filed without the labels ${missing.join(
          ', ',
        )}: the token may create issues and not label them; give it the role Reporter`,
      );
    }
    return filedTicket(issue, request.container);
  }

  async findFiled(
    name: ScopeName,
    container: string,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    const { idempotencyKey, signal } = options;
    this.checkKey(idempotencyKey);
    // Anybody may write down a key; only we write as ourselves.
    const authorId = await this.api.userId(signal);
    const issues = await this.api.issuesOf(
      { name },
      { authorId, text: idempotencyKey, signal },
    );
    const filed = issues.find(
      ({ author, description }) =>
        author?.id === authorId && isFiledUnder(description, idempotencyKey),
    );
    return filed && filedTicket(filed, container);
  }

  private labelsOf({ labels, priority }: FileTicketRequest): string[] {
    const [improvement] = this.rules.improvement.labels;
    const wanted = [
      ...(improvement === undefined ? [] : [improvement]),
      ...labels,
      ...(priority === null ? [] : [`${PRIORITY_PREFIX}${priority}`]),
    ].map(label => label.trim());
    const unfit = wanted.find(label => label.includes(','));
    if (unfit !== undefined) {
      throw this.rejected(`a label has no comma, as '${unfit}' does`);
    }
    return [...new Set(wanted.filter(Boolean))];
  }

  /** Only where no label makes an improvement of it. */
  private get issueType(): string | undefined {
    const { labels, issueTypes } = this.rules.improvement;
    return labels.length > 0 ? undefined : issueTypes[0]?.toLowerCase();
  }

  private checkKey(idempotencyKey: string): void {
    if (!KEY.test(idempotencyKey)) {
      throw new InputError(
        `${this.sourceId}: an idempotency key has 8 to 200 letters, digits, - and _`,
      );
    }
  }

  private rejected(detail: string): UpstreamError {
    return new UpstreamError({
      kind: 'rejected',
      source: this.sourceId,
      operation: 'filing an issue',
      detail,
    });
  }
}

function filedTicket(issue: GitlabIssue, container: string): FiledTicket {
  return {
    externalId: externalId(issue, container),
    key: issue.references.full,
    url: webUrl(issue.web_url),
  };
}
