import {
  UpstreamClient,
  UpstreamError,
  UpstreamRequest,
  UpstreamResponse,
} from 'backstage-plugin-operational-excellence-node';
import { RepositoryName } from '../annotations';
import { GithubCredentials, RequestCredentials } from '../credentials';
import { explain } from './explain';
import {
  githubAppSchema,
  GithubIssue,
  githubIssuesSchema,
  githubRateLimitSchema,
} from './issueSchema';
import { nextQuery, Query } from './nextQuery';

const PER_PAGE = 100;

const HEADERS = {
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
  'user-agent': 'backstage-plugin-operational-excellence',
};

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
}

/** What is known of a GitHub App. */
export interface GithubAppInfo {
  slug: string | undefined;
  permissions: Record<string, string> | undefined;
  installations: number | undefined;
}

/** The calls to the REST API of one GitHub host. */
export class GithubApi {
  static create(options: {
    host: string;
    apiBaseUrl: string;
    credentials: GithubCredentials;
    createClient: () => UpstreamClient;
  }): GithubApi {
    const { host, apiBaseUrl, credentials, createClient } = options;
    return new GithubApi(host, apiBaseUrl, credentials, createClient);
  }

  private readonly clients = new Map<string, UpstreamClient>();

  private constructor(
    private readonly host: string,
    private readonly apiBaseUrl: string,
    private readonly credentials: GithubCredentials,
    private readonly createClient: () => UpstreamClient,
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
    const { owner, name } = repository;
    const { since, next, ifNoneMatch, signal } = options;
    const credentials = await this.credentials.forOwner(owner, signal);
    const namedUrl = `${this.apiBaseUrl}/repos/${owner}/${name}/issues`;
    const response = await this.request(
      { credentials, owner, repository: `${owner}/${name}` },
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
    };
  }

  /**
   * Asks for the rate limit, which counts against none: works with every kind of
   * credentials, and fails with wrong ones.
   */
  async checkCredentials(
    credentials: RequestCredentials,
    signal: AbortSignal,
  ): Promise<void> {
    await this.request(
      { credentials },
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
    const { body } = await this.request(
      { credentials: await this.credentials.forApp(appId, signal) },
      { url: `${this.apiBaseUrl}/app`, schema: githubAppSchema, signal },
    );
    return {
      slug: body.slug,
      permissions: body.permissions,
      installations: body.installations_count,
    };
  }

  private async request<T>(
    asked: {
      credentials: RequestCredentials;
      owner?: string;
      repository?: string;
    },
    request: UpstreamRequest<T>,
  ): Promise<UpstreamResponse<T>> {
    const { credentials, owner, repository } = asked;
    try {
      return await this.clientFor(credentials, owner).request({
        ...request,
        headers: { ...HEADERS, ...request.headers, ...credentials.headers },
      });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      throw explain(error, {
        host: this.host,
        repository,
        credentials: credentials.kind,
      });
    }
  }

  /**
   * GitHub counts requests for each installation of an App by itself: the used up
   * limit of one owner must not hold up the others.
   */
  private clientFor(
    { kind }: RequestCredentials,
    owner: string | undefined,
  ): UpstreamClient {
    const key = kind === 'app' && owner ? `app ${owner.toLowerCase()}` : kind;
    let client = this.clients.get(key);
    if (!client) {
      client = this.createClient();
      this.clients.set(key, client);
    }
    return client;
  }
}

function withoutQuery(text: string): string {
  const url = new URL(text);
  url.search = '';
  url.hash = '';
  return url.href;
}
