import { LoggerService } from '@backstage/backend-plugin-api';
import {
  filedDigest,
  FiledTicket,
  FileTicketRequest,
  includesAnyName,
  readFiledDigest,
  UpstreamError,
  webUrl,
  writeFiledText,
} from 'backstage-plugin-operational-excellence-node';
import { ScopeName } from '../annotations';
import { GitlabApi, GitlabIssue } from '../api';
import { IssueRules } from '../config';
import { externalId } from '../issues';
import { withoutQuickActions } from './quickActions';

/**
 * How long ago an issue may have been filed that is still looked for. Who is in
 * doubt looks soon; the rest is for outages.
 */
const LOOK_BACK_MS = 30 * 24 * 60 * 60_000;

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
        description: writeFiledText(
          { ...request, description: withoutQuickActions(request.description) },
          options.idempotencyKey,
        ),
        labels,
        issueType: this.issueType,
      },
      options.signal,
    );
    const missing = labels
      .filter(label => !includesAnyName([label], issue.labels))
      .map(label => JSON.stringify(label));
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

  /**
   * The issue that was filed under a key.
   *
   * @remarks
   *
   * GitLab's search leaves out what is in comments, and long words. So the issues
   * are looked at that we created since it can have been filed. Anybody can copy
   * a marker, but only we write as ourselves; the first one is the original.
   */
  async findFiled(
    name: ScopeName,
    container: string,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    const { idempotencyKey, signal } = options;
    const digest = filedDigest(idempotencyKey);
    const authorId = await this.api.userId(signal);
    const createdAfter = new Date(Date.now() - LOOK_BACK_MS);
    for await (const issues of this.api.issuesOf(
      { name },
      { authorId, createdAfter, signal },
    )) {
      const filed = issues.find(
        ({ author, description }) =>
          author?.id === authorId &&
          readFiledDigest(description ?? '') === digest,
      );
      if (filed) return filedTicket(filed, container);
    }
    return undefined;
  }

  /** With one that makes an improvement of it, as far as those given do not. */
  private labelsOf({ labels }: FileTicketRequest): string[] {
    const rule = this.rules.improvement.labels;
    const wanted = includesAnyName(rule, labels)
      ? labels
      : [...labels, ...rule.slice(0, 1)];
    const unfit = wanted.find(label => label.includes(','));
    if (unfit !== undefined) {
      throw this.rejected(`a label has no comma, as '${unfit}' does`);
    }
    return [...new Set(wanted.map(label => label.trim()).filter(Boolean))];
  }

  /** Only where no label makes an improvement of it. */
  private get issueType(): string | undefined {
    const { labels, issueTypes } = this.rules.improvement;
    return labels.length > 0 ? undefined : issueTypes[0]?.toLowerCase();
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
