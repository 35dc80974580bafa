import { RateLimit } from 'backstage-plugin-operational-excellence-node';
import { RepositoryName } from '../annotations';
import { GithubCredentials, RequestCredentials } from '../credentials';
import { GithubCaller } from './GithubCaller';
import {
  githubAppSchema,
  GithubIssue,
  githubIssueSchema,
  githubIssuesSchema,
  githubRateLimitSchema,
  githubUserSchema,
} from './issueSchema';
import { nextQuery, Query } from './nextQuery';
import { readRateLimit } from './rateLimits';

const PER_PAGE = 100;

/** What has another address by now; any other redirect is none of GitHub's. */
const MOVED = [301, 307, 308];

/** A repository, and where its issues are found now. */
export interface Repository extends RepositoryName {
  /**
   * The address that answered last; without one it follows from the name. Differs
   * from that once the repository was renamed or transferred.
   */
  issuesUrl?: string;
}

/** Issues of a repository, pull requests included, the oldest update first. */
export interface IssueList {
  issues: GithubIssue[];
  /** The query of the next page, where there is one. */
  next: Query | undefined;
  /** Names this state of the list, where the server does. */
  etag: string | undefined;
  /** Whether the list is the one that `ifNoneMatch` names; then `issues` is empty. */
  unchanged: boolean;
  /** The address that answered. */
  issuesUrl: string;
  /** Whether that is not the address that the repository's name leads to. */
  moved: boolean;
  requests: number;
  /** Where the server tells it. */
  rateLimit: RateLimit | undefined;
}

/** What is known of a GitHub App. */
export interface GithubAppInfo {
  slug: string | undefined;
  permissions: Record<string, string> | undefined;
  installations: number | undefined;
}

/** An issue that is to be created. */
export interface NewIssue {
  title: string;
  body: string;
  labels: string[];
  type?: string;
}

/** The calls to the REST API of one GitHub host. */
export class GithubApi {
  static create(options: {
    apiBaseUrl: string;
    credentials: GithubCredentials;
    caller: GithubCaller;
  }): GithubApi {
    const { apiBaseUrl, credentials, caller } = options;
    return new GithubApi(apiBaseUrl, credentials, caller);
  }

  private constructor(
    private readonly apiBaseUrl: string,
    private readonly credentials: GithubCredentials,
    private readonly caller: GithubCaller,
  ) {}

  /**
   * One page of the issues that were updated at or after `since`, or the page
   * that an earlier one named as `next`.
   */
  async listIssues(
    repository: Repository,
    options: {
      since?: string;
      next?: Query;
      ifNoneMatch?: string;
      signal: AbortSignal;
    },
  ): Promise<IssueList> {
    const { since, next, ifNoneMatch, signal } = options;
    const namedUrl = this.issuesUrl(repository);
    const response = await this.caller.request(
      await this.asked(repository, 'read', signal),
      {
        url: repository.issuesUrl ?? namedUrl,
        query: next ?? {
          state: 'all',
          sort: 'updated',
          direction: 'asc',
          per_page: PER_PAGE,
          since,
        },
        headers: { ...(ifNoneMatch && { 'if-none-match': ifNoneMatch }) },
        schema: githubIssuesSchema,
        accept: ifNoneMatch ? [304] : [],
        signal,
      },
    );
    const unchanged = response.status === 304;
    const issuesUrl = withoutQuery(response.url);
    return {
      issues: unchanged ? [] : response.body,
      next: unchanged ? undefined : nextQuery(response.headers),
      etag:
        response.headers.get('etag') ?? (unchanged ? ifNoneMatch : undefined),
      unchanged,
      issuesUrl,
      moved: issuesUrl !== withoutQuery(namedUrl),
      requests: response.requests,
      rateLimit: readRateLimit(response.headers, Date.now()),
    };
  }

  /** One issue or pull request; `undefined` where it is not there any more. */
  async issue(
    repository: RepositoryName,
    number: number,
    signal: AbortSignal,
  ): Promise<{ issue: GithubIssue | undefined; requests: number }> {
    const { status, body, requests } = await this.caller.request(
      await this.asked(repository, 'read', signal),
      {
        url: `${this.issuesUrl(repository)}/${number}`,
        schema: githubIssueSchema,
        // A transferred issue redirects, a deleted one is gone.
        accept: [...MOVED, 404, 410],
        signal,
      },
    );
    return { issue: status < 300 ? body : undefined, requests };
  }

  /**
   * Creates an issue; never tried twice.
   *
   * @returns `undefined` where the repository has another name by now, and no
   * issue was created
   */
  async createIssue(
    repository: RepositoryName,
    issue: NewIssue,
    signal: AbortSignal,
  ): Promise<GithubIssue | undefined> {
    const { status, body } = await this.caller.request(
      await this.asked(repository, 'file', signal),
      {
        method: 'POST',
        url: this.issuesUrl(repository),
        body: issue,
        schema: githubIssueSchema,
        accept: MOVED,
        signal,
      },
    );
    return status < 300 ? body : undefined;
  }

  /**
   * Asks for the rate limit, which counts against none: works with every kind of
   * credentials, and fails with wrong ones.
   */
  async checkCredentials(
    credentials: RequestCredentials,
    signal: AbortSignal,
  ): Promise<void> {
    await this.caller.request(
      { credentials, purpose: 'read' },
      {
        url: `${this.apiBaseUrl}/rate_limit`,
        schema: githubRateLimitSchema,
        // An Enterprise server without rate limits; it has looked at the token.
        accept: [404],
        signal,
      },
    );
  }

  /** What a GitHub App is and may do; fails where its private key is wrong. */
  async app(appId: number, signal: AbortSignal): Promise<GithubAppInfo> {
    const credentials = await this.credentials.forApp(appId, signal);
    const { body } = await this.caller.request(
      { credentials, purpose: 'read' },
      { url: `${this.apiBaseUrl}/app`, schema: githubAppSchema, signal },
    );
    return {
      slug: body.slug,
      permissions: body.permissions,
      installations: body.installations_count,
    };
  }

  /** The name of the user whose token it is. */
  async login(
    credentials: RequestCredentials,
    signal: AbortSignal,
  ): Promise<string> {
    const { body } = await this.caller.request(
      { credentials, purpose: 'identify' },
      { url: `${this.apiBaseUrl}/user`, schema: githubUserSchema, signal },
    );
    return body.login;
  }

  private issuesUrl({ owner, name }: RepositoryName): string {
    return `${this.apiBaseUrl}/repos/${owner}/${name}/issues`;
  }

  private async asked(
    { owner, name }: RepositoryName,
    purpose: 'read' | 'file',
    signal: AbortSignal,
  ) {
    return {
      credentials: await this.credentials.forOwner(owner, signal),
      owner,
      repository: `${owner}/${name}`,
      purpose,
    };
  }
}

function withoutQuery(text: string): string {
  const url = new URL(text);
  url.search = '';
  url.hash = '';
  return url.href;
}
