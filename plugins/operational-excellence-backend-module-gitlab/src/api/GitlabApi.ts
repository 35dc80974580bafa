import {
  RateLimit,
  UpstreamClient,
  UpstreamError,
  UpstreamRequest,
  UpstreamResponse,
} from 'backstage-plugin-operational-excellence-node';
import { ScopeName } from '../annotations';
import { explain } from './explain';
import { nearestPath } from './nearestPath';
import { nextQuery, Query } from './nextQuery';
import { readRateLimit } from './rateLimits';
import {
  GitlabIssue,
  gitlabGroupSchema,
  gitlabIssueSchema,
  gitlabIssuesSchema,
  gitlabProjectNamesSchema,
  gitlabProjectSchema,
  gitlabTokenSchema,
  gitlabUserSchema,
} from './schemas';

/** The most that GitLab puts on a page. */
export const PER_PAGE = 100;

/** A project or group, and where its issues are found now. */
export interface IssuesPlace {
  name: ScopeName;
  /**
   * The address that answered last; without one it follows from the name. Differs
   * from that once a project was renamed or moved to another group.
   */
  url?: string;
}

/** Issues of a project or group, the oldest update first. */
export interface IssueList {
  issues: GitlabIssue[];
  /** The query of the next page, where there is one. */
  next: Query | undefined;
  /** The address that answered. */
  url: string;
  /** Whether that is not the address that the name leads to. */
  moved: boolean;
  rateLimit: RateLimit | undefined;
  requests: number;
}

/** An issue to be created. */
export interface NewIssue {
  title: string;
  description: string;
  labels: string[];
  issueType: string | undefined;
}

/** The calls to the REST API of one GitLab instance. */
export class GitlabApi {
  static create(options: {
    sourceId: string;
    host: string;
    apiBaseUrl: string;
    hasToken: boolean;
    client: UpstreamClient;
  }): GitlabApi {
    return new GitlabApi(options);
  }

  /** Whether there is a token to ask with. */
  readonly hasToken: boolean;
  private readonly sourceId: string;
  private readonly host: string;
  private readonly apiBaseUrl: string;
  private readonly client: UpstreamClient;

  private constructor(options: Parameters<(typeof GitlabApi)['create']>[0]) {
    this.sourceId = options.sourceId;
    this.host = options.host;
    this.apiBaseUrl = options.apiBaseUrl;
    this.hasToken = options.hasToken;
    this.client = options.client;
  }

  /**
   * One page of the issues that were updated at or after `since`, or the page
   * that an earlier one named as `next`.
   */
  async listIssues(
    place: IssuesPlace,
    options: { since?: string; next?: Query; signal: AbortSignal },
  ): Promise<IssueList> {
    const { since, next, signal } = options;
    const response = await this.listAt(place, signal, {
      ...(next ?? {
        order_by: 'updated_at',
        sort: 'asc',
        updated_after: since,
        // Lists that do not know it turn pages by number.
        pagination: 'keyset',
      }),
    });
    const url = withoutQuery(response.url);
    return {
      issues: response.body,
      next: nextQuery(response.headers),
      url,
      moved: url !== withoutQuery(`${this.addressOf(place.name)}/issues`),
      rateLimit: readRateLimit({ headers: response.headers, now: Date.now() }),
      requests: response.requests,
    };
  }

  /** Those of some issues that there are, by their numbers in the project. */
  async issuesByNumber(
    place: IssuesPlace,
    iids: readonly number[],
    signal: AbortSignal,
  ): Promise<{ issues: GitlabIssue[]; requests: number }> {
    const query = new URLSearchParams(iids.map(iid => ['iids[]', String(iid)]));
    const { body, requests } = await this.listAt(place, signal, {}, query);
    return { issues: body, requests };
  }

  /** The issues that an author created since an instant, page by page. */
  async *issuesOf(
    place: IssuesPlace,
    options: { authorId: number; createdAfter: Date; signal: AbortSignal },
  ): AsyncGenerator<GitlabIssue[]> {
    const { authorId, createdAfter, signal } = options;
    let query: Query | undefined = {
      author_id: authorId,
      created_after: createdAfter.toISOString(),
      order_by: 'created_at',
      sort: 'asc',
      pagination: 'keyset',
    };
    while (query) {
      const { body, headers } = await this.listAt(place, signal, query);
      yield body;
      query = nextQuery(headers);
    }
  }

  async createIssue(
    name: ScopeName,
    issue: NewIssue,
    signal: AbortSignal,
  ): Promise<GitlabIssue> {
    const { body } = await this.request(
      { name },
      {
        method: 'POST',
        url: `${this.addressOf(name)}/issues`,
        body: {
          title: issue.title,
          description: issue.description,
          labels: issue.labels.join(','),
          issue_type: issue.issueType,
        },
        schema: gitlabIssueSchema,
        signal,
      },
    );
    return body;
  }

  /**
   * Proves that a list without issues is one. GitLab lists nothing where the
   * issues of a project are switched off, or are for its members only.
   *
   * @param options - `isWhole`: whether all issues were asked for
   * @returns how many requests it took
   * @throws UpstreamError where it is not, or where the project or group is not
   * there (any more)
   */
  async proveReadable(
    name: ScopeName,
    options: { isWhole: boolean; signal: AbortSignal },
  ): Promise<number> {
    const { isWhole, signal } = options;
    const url = this.addressOf(name);
    if (name.kind === 'group') {
      const schema = gitlabGroupSchema;
      return (await this.request({ name }, { url, schema, signal })).requests;
    }
    const schema = gitlabProjectSchema;
    const { body, requests } = await this.request(
      { name },
      { url, schema, signal },
    );
    if (!body.issues_enabled) {
      throw this.unreadable(
        name,
        'not-found',
        'its issues are switched off, or are not shown to the token: switch them on, give the token a role in the project, or take the project out of the annotation',
      );
    }
    if (isWhole && body.open_issues_count) {
      throw this.unreadable(
        name,
        'invalid-response',
        `it lists no issue, and counts ${body.open_issues_count} open ones`,
      );
    }
    return requests;
  }

  /**
   * What a token may do; `undefined` where the instance does not tell, because it
   * is too old or the token is of another kind.
   */
  async tokenScopes(signal: AbortSignal): Promise<string[] | undefined> {
    const { body, status } = await this.request(
      { subject: 'the token' },
      {
        url: `${this.apiBaseUrl}/personal_access_tokens/self`,
        schema: gitlabTokenSchema,
        accept: [400, 404],
        signal,
      },
    );
    return status === 200 && body.granular_scopes === undefined
      ? body.scopes
      : undefined;
  }

  /** The number of the user that the token speaks for; fails with a wrong one. */
  async userId(signal: AbortSignal): Promise<number> {
    const { body } = await this.request(
      { subject: 'the user of the token' },
      { url: `${this.apiBaseUrl}/user`, schema: gitlabUserSchema, signal },
    );
    return body.id;
  }

  /** Asks for something that everyone may see. */
  async checkAnswers(signal: AbortSignal): Promise<void> {
    await this.request(
      { subject: 'public projects' },
      {
        url: `${this.apiBaseUrl}/projects`,
        query: { per_page: 1, simple: true },
        schema: gitlabProjectNamesSchema,
        signal,
      },
    );
  }

  private async listAt(
    place: IssuesPlace,
    signal: AbortSignal,
    query: Query,
    more?: URLSearchParams,
  ): Promise<UpstreamResponse<GitlabIssue[]>> {
    const url = new URL(place.url ?? `${this.addressOf(place.name)}/issues`);
    more?.forEach((value, key) => url.searchParams.append(key, value));
    return this.request(
      { name: place.name },
      {
        url,
        query: { scope: 'all', state: 'all', per_page: PER_PAGE, ...query },
        schema: gitlabIssuesSchema,
        signal,
      },
    );
  }

  /** A project that may have been meant by the path of one that is not there. */
  private async similarTo(
    name: ScopeName,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (name.kind !== 'project') return undefined;
    try {
      const { body } = await this.client.request({
        url: `${this.apiBaseUrl}/projects`,
        query: {
          search: name.path.split('/').at(-1),
          simple: true,
          per_page: 50,
        },
        schema: gitlabProjectNamesSchema,
        signal,
      });
      return nearestPath(
        name.path,
        body.map(project => project.path_with_namespace),
      );
    } catch (error) {
      // What failed first is what has to be told.
      if (error instanceof UpstreamError) return undefined;
      throw error;
    }
  }

  /**
   * @param about - the project or group that is asked for, or another thing in
   * words
   */
  private async request<T>(
    about: { name?: ScopeName; subject?: string },
    request: UpstreamRequest<T> & { signal: AbortSignal },
  ): Promise<UpstreamResponse<T>> {
    try {
      return await this.client.request(request);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      const { name, subject = '' } = about;
      throw explain(error, {
        host: this.host,
        subject: name ? subjectOf(name) : subject,
        isWrite: request.method === 'POST',
        hasToken: this.hasToken,
        suggestion:
          name && error.kind === 'not-found'
            ? await this.similarTo(name, request.signal)
            : undefined,
      });
    }
  }

  private unreadable(
    name: ScopeName,
    kind: 'not-found' | 'invalid-response',
    detail: string,
  ): UpstreamError {
    return new UpstreamError({
      kind,
      source: this.sourceId,
      operation: `reading the issues of ${subjectOf(name)}`,
      detail,
    });
  }

  private addressOf(name: ScopeName): string {
    switch (name.kind) {
      case 'project':
        return `${this.apiBaseUrl}/projects/${encodeURIComponent(name.path)}`;
      case 'project-id':
        return `${this.apiBaseUrl}/projects/${name.id}`;
      default:
        return `${this.apiBaseUrl}/groups/${encodeURIComponent(name.path)}`;
    }
  }
}

function subjectOf(name: ScopeName): string {
  switch (name.kind) {
    case 'project':
      return `the project ${name.path}`;
    case 'project-id':
      return `the project with the id ${name.id}`;
    default:
      return `the group ${name.path}`;
  }
}

function withoutQuery(text: string): string {
  const url = new URL(text);
  url.search = '';
  url.hash = '';
  return url.href;
}
