import {
  UpstreamClient,
  UpstreamError,
  UpstreamRequest,
  UpstreamResponse,
} from 'backstage-plugin-operational-excellence-node';
import { Asked, explain } from './explain';
import { RequestMeter } from './RequestMeter';
import {
  currentUserSchema,
  issueSchema,
  issuesSchema,
  Named,
  prioritiesSchema,
  projectSchema,
  projectsSchema,
  RedmineIssue,
  RedmineProject,
  statusesSchema,
  trackersSchema,
} from './schemas';

/** The most rows that Redmine puts on a page. */
const PER_PAGE = 100;

/** More projects than any Redmine has; ends a list that comes to no end. */
const MAX_PROJECT_PAGES = 1000;

/** For whom a question is asked. */
export interface Asking {
  signal: AbortSignal;
  meter: RequestMeter;
}

/** Some of the issues, by ascending id; in whatever status. */
export interface IssueQuery {
  /** The least id. */
  fromId: number;
  /** Only what was updated at or after that second, epoch milliseconds. */
  since?: number;
  /** Only the issues of that project, without its subprojects. */
  projectId?: number;
}

export interface IssueList {
  issues: RedmineIssue[];
  /** How many there are altogether. */
  total: number;
  /** How many fit on a page. */
  limit: number;
}

/** A new issue, as Redmine wants it. */
export interface IssueDraft {
  project_id: number | string;
  tracker_id: number;
  subject: string;
  description: string;
  priority_id?: number;
  custom_fields?: { id: number; value: string }[];
}

/** The calls to the REST API of one Redmine. */
export class RedmineApi {
  static create(options: {
    sourceId: string;
    configKey: string;
    baseUrl: string;
    apiKey: string;
    client: UpstreamClient;
  }): RedmineApi {
    return new RedmineApi(options);
  }

  readonly sourceId: string;
  readonly configKey: string;
  private readonly baseUrl: string;
  private readonly apiKey: string;
  private readonly client: UpstreamClient;

  private constructor(options: Parameters<(typeof RedmineApi)['create']>[0]) {
    this.sourceId = options.sourceId;
    this.configKey = options.configKey;
    this.baseUrl = options.baseUrl;
    this.apiKey = options.apiKey;
    this.client = options.client;
  }

  /**
   * Whose key it is. The one question that a wrong key, or a Redmine whose API is
   * switched off, is sure to fail.
   */
  async currentUser(
    asking: Asking,
  ): Promise<{ id: number; at: number | undefined }> {
    const { body, headers } = await this.get(
      '/users/current.json',
      { schema: currentUserSchema },
      asking,
      { isProof: true },
    );
    const at = Date.parse(headers.get('date') ?? '');
    return { id: body.user.id, at: Number.isNaN(at) ? undefined : at };
  }

  async issues(query: IssueQuery, asking: Asking): Promise<IssueList> {
    const { fromId, since, projectId } = query;
    const { body } = await this.get(
      '/issues.json',
      {
        query: {
          status_id: '*',
          sort: 'id:asc',
          limit: PER_PAGE,
          issue_id: fromId > 1 ? `>=${fromId}` : undefined,
          updated_on: since === undefined ? undefined : `>=${timestamp(since)}`,
          project_id: projectId,
          subproject_id: projectId === undefined ? undefined : '!*',
        },
        schema: issuesSchema,
      },
      asking,
    );
    return {
      issues: body.issues,
      total: body.total_count,
      limit: Math.min(body.limit, PER_PAGE),
    };
  }

  /** The user's own issues whose description has a text, the oldest first. */
  async ownIssuesWith(
    text: string,
    fromId: number,
    asking: Asking,
  ): Promise<IssueList> {
    const { body } = await this.get(
      '/issues.json',
      {
        query: {
          status_id: '*',
          author_id: 'me',
          description: `~${text}`,
          sort: 'id:asc',
          limit: PER_PAGE,
          issue_id: fromId > 1 ? `>=${fromId}` : undefined,
        },
        schema: issuesSchema,
      },
      asking,
    );
    return { issues: body.issues, total: body.total_count, limit: body.limit };
  }

  /** The newest issue of a project, which shows the custom fields that issues have there. */
  async newestIssue(
    projectId: number,
    asking: Asking,
  ): Promise<RedmineIssue | undefined> {
    const { body } = await this.get(
      '/issues.json',
      {
        query: {
          status_id: '*',
          project_id: projectId,
          sort: 'id:desc',
          limit: 1,
        },
        schema: issuesSchema,
      },
      asking,
    );
    return body.issues[0];
  }

  /** All projects that the user sees, but closed ones. */
  async projects(asking: Asking): Promise<RedmineProject[]> {
    const projects: RedmineProject[] = [];
    for (let page = 0; page < MAX_PROJECT_PAGES; page++) {
      const { body } = await this.get(
        '/projects.json',
        {
          query: { limit: PER_PAGE, offset: projects.length || undefined },
          schema: projectsSchema,
        },
        asking,
      );
      projects.push(...body.projects);
      if (body.projects.length === 0 || projects.length >= body.total_count) {
        return projects;
      }
    }
    throw new UpstreamError({
      kind: 'invalid-response',
      source: this.sourceId,
      operation: 'GET /projects.json',
      detail: 'its list of projects comes to no end',
    });
  }

  /**
   * A project by its number or identifier; `undefined` where there is none, or
   * the user does not see it.
   */
  async project(
    name: number | string,
    asking: Asking,
  ): Promise<RedmineProject | undefined> {
    const { status, body } = await this.get(
      `/projects/${encodeURIComponent(name)}.json`,
      { schema: projectSchema, accept: [403, 404] },
      asking,
    );
    return status === 200 ? body.project : undefined;
  }

  /** Whether the user may see the issues of a project, if there are any. */
  async showsIssues(projectId: number, asking: Asking): Promise<boolean> {
    const { status } = await this.get(
      '/issues.json',
      {
        query: { project_id: projectId, limit: 1 },
        schema: issuesSchema,
        accept: [403, 404],
      },
      asking,
    );
    return status === 200;
  }

  async trackers(asking: Asking): Promise<Named[]> {
    const { body } = await this.get(
      '/trackers.json',
      { schema: trackersSchema },
      asking,
    );
    return body.trackers;
  }

  async priorities(asking: Asking): Promise<Named[]> {
    const { body } = await this.get(
      '/enumerations/issue_priorities.json',
      { schema: prioritiesSchema },
      asking,
    );
    return body.issue_priorities;
  }

  /** The numbers of all statuses, and whether they are closed ones. */
  async statuses(asking: Asking): Promise<Map<number, boolean>> {
    const { body } = await this.get(
      '/issue_statuses.json',
      { schema: statusesSchema },
      asking,
    );
    return new Map(
      body.issue_statuses.map(({ id, is_closed }) => [id, is_closed === true]),
    );
  }

  async createIssue(issue: IssueDraft, asking: Asking): Promise<RedmineIssue> {
    const { body } = await this.request(
      '/issues.json',
      { method: 'POST', body: { issue }, schema: issueSchema },
      asking,
      { isFiling: true },
    );
    return body.issue;
  }

  /** An error about an answer that cannot be right. */
  invalidAnswer(operation: string, detail: string): UpstreamError {
    return new UpstreamError({
      kind: 'invalid-response',
      source: this.sourceId,
      operation,
      detail,
    });
  }

  private get<T>(
    path: string,
    request: Omit<UpstreamRequest<T>, 'url' | 'signal'>,
    asking: Asking,
    asked: Omit<Asked, 'configKey'> = {},
  ): Promise<UpstreamResponse<T>> {
    return this.request(path, request, asking, asked);
  }

  private async request<T>(
    path: string,
    request: Omit<UpstreamRequest<T>, 'url' | 'signal'>,
    { signal, meter }: Asking,
    asked: Omit<Asked, 'configKey'>,
  ): Promise<UpstreamResponse<T>> {
    try {
      const response = await this.client.request({
        ...request,
        url: `${this.baseUrl}${path}`,
        headers: {
          'x-redmine-api-key': this.apiKey,
          'user-agent': 'backstage-plugin-operational-excellence',
        },
        signal,
      });
      meter.add(response.requests);
      return response;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      throw explain(error, { ...asked, configKey: this.configKey });
    }
  }
}

/** An instant as Redmine's filters want it: in UTC, to the second. */
function timestamp(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
