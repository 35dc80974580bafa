import { createHash } from 'node:crypto';
import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';

const SECOND_MS = 1000;
const DEFAULT_PER_PAGE = 30;
const MOST_PER_PAGE = 100;

/** Whose token it is, and who creates issues. */
const LOGIN = 'octocat';

/** An issue as the server keeps it. */
export interface StoredIssue {
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  labels: string[];
  isPullRequest: boolean;
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
}

/**
 * A GitHub server as its REST API is documented (version 2022-11-28), as far as
 * issues go: lists by `since`, `state`, `sort`, `direction`, `per_page` and
 * `page`, with Link headers and etags; single issues; creating issues; tokens and
 * whose they are; rate limits.
 * Instants have whole seconds.
 */
export class GithubServer {
  static async start(options: {
    /** The only token that it knows. */
    token: string;
  }): Promise<GithubServer> {
    const app = express();
    const server = await new Promise<Server>(resolve => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
    return new GithubServer(options.token, app, server);
  }

  readonly #server: Server;
  readonly #token: string;
  readonly #repositories = new Map<string, Map<number, StoredIssue>>();

  private constructor(token: string, app: express.Express, server: Server) {
    this.#token = token;
    this.#server = server;
    app.use((req, res, next) => this.#authenticate(req, res, next));
    app.get('/rate_limit', (_req, res) => {
      const core = { limit: 5000, remaining: 4999, used: 1, reset: resetAt() };
      res.json({ resources: { core, search: core }, rate: core });
    });
    app.get('/user', (_req, res) => {
      res.json(userJson());
    });
    app.get('/repos/:owner/:name/issues', (req, res) => this.#list(req, res));
    app.post('/repos/:owner/:name/issues', express.json(), (req, res) =>
      this.#create(req, res),
    );
    app.get('/repos/:owner/:name/issues/:number', (req, res) =>
      this.#get(req, res),
    );
    app.use((_req, res) => notFound(res));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  addRepository(name: string): void {
    this.#repositories.set(name.toLowerCase(), new Map());
  }

  /** Creates an issue, at present or in the past. */
  create(
    repository: string,
    issue: { title: string } & Partial<Omit<StoredIssue, 'number'>>,
  ): StoredIssue {
    const issues = this.#issuesOf(repository);
    const { createdAt = now() } = issue;
    const created: StoredIssue = {
      number: issues.size + 1,
      body: 'Found in a game day.',
      state: 'open',
      labels: [],
      isPullRequest: false,
      updatedAt: createdAt,
      closedAt: null,
      ...issue,
      createdAt,
    };
    issues.set(created.number, created);
    return created;
  }

  /** Changes an issue now. */
  update(
    repository: string,
    number: number,
    change: Partial<Pick<StoredIssue, 'title' | 'state' | 'labels'>>,
  ): void {
    const issue = this.issue(repository, number);
    const { state = issue.state } = change;
    const updatedAt = now();
    this.#issuesOf(repository).set(number, {
      ...issue,
      ...change,
      updatedAt,
      closedAt: state === 'closed' ? issue.closedAt ?? updatedAt : null,
    });
  }

  /** An issue as it is now. */
  issue(repository: string, number: number): StoredIssue {
    const issue = this.#issuesOf(repository).get(number);
    if (!issue) throw new Error(`${repository} has no issue ${number}`);
    return issue;
  }

  /** All issues of a repository as they are now. */
  issues(repository: string): StoredIssue[] {
    return [...this.#issuesOf(repository).values()];
  }

  #issuesOf(repository: string): Map<number, StoredIssue> {
    const issues = this.#repositories.get(repository.toLowerCase());
    if (!issues) throw new Error(`There is no repository ${repository}`);
    return issues;
  }

  #authenticate(
    req: express.Request,
    res: express.Response,
    next: express.NextFunction,
  ) {
    const [scheme, token] = (req.headers.authorization ?? '').split(' ');
    if (/^(bearer|token)$/i.test(scheme) && token === this.#token) {
      res.set({
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': '4999',
        'x-ratelimit-reset': String(resetAt()),
      });
      next();
      return;
    }
    res.status(401).json({
      message: 'Bad credentials',
      documentation_url: 'https://docs.github.com/rest',
      status: '401',
    });
  }

  #list(req: express.Request, res: express.Response) {
    const repository = `${req.params.owner}/${req.params.name}`;
    const issues = this.#repositories.get(repository.toLowerCase());
    if (!issues) {
      notFound(res);
      return;
    }
    const query = new URL(req.originalUrl, this.url).searchParams;
    const state = query.get('state') ?? 'open';
    const since = Date.parse(query.get('since') ?? '1970-01-01');
    const perPage = Math.min(
      Number(query.get('per_page') ?? DEFAULT_PER_PAGE),
      MOST_PER_PAGE,
    );
    const page = Number(query.get('page') ?? 1);
    const by = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
    const sign = query.get('direction') === 'asc' ? 1 : -1;
    const found = [...issues.values()]
      .filter(issue => state === 'all' || issue.state === state)
      .filter(({ updatedAt }) => updatedAt >= since)
      .sort((a, b) => sign * (a[by] - b[by] || a.number - b.number));

    const links = linksOf(new URL(req.originalUrl, this.url), {
      page,
      pages: Math.max(Math.ceil(found.length / perPage), 1),
    });
    if (links) res.set('link', links);
    const body = JSON.stringify(
      found
        .slice((page - 1) * perPage, page * perPage)
        .map(issue => issueJson(issue, repository, this.url)),
    );
    const etag = `W/"${createHash('sha256').update(body).digest('hex')}"`;
    res.set('etag', etag);
    if (req.headers['if-none-match'] === etag) res.status(304).end();
    else res.type('json').send(body);
  }

  #create(req: express.Request, res: express.Response) {
    const repository = `${req.params.owner}/${req.params.name}`;
    if (!this.#repositories.has(repository.toLowerCase())) {
      notFound(res);
      return;
    }
    const { title, body = '', labels = [] } = req.body;
    if (typeof title !== 'string' || title === '') {
      res.status(422).json({
        message: 'Validation Failed',
        errors: [{ resource: 'Issue', field: 'title', code: 'missing_field' }],
        documentation_url: 'https://docs.github.com/rest',
        status: '422',
      });
      return;
    }
    const issue = this.create(repository, { title, body, labels });
    const json = issueJson(issue, repository, this.url);
    res.status(201).location(json.url).json(json);
  }

  #get(req: express.Request, res: express.Response) {
    const { owner, name, number } = req.params;
    const issue = this.#repositories
      .get(`${owner}/${name}`.toLowerCase())
      ?.get(Number(number));
    if (issue) res.json(issueJson(issue, `${owner}/${name}`, this.url));
    else notFound(res);
  }
}

function now(): number {
  return Math.floor(Date.now() / SECOND_MS) * SECOND_MS;
}

function resetAt(): number {
  return Math.ceil(Date.now() / SECOND_MS) + 3600;
}

function notFound(res: express.Response) {
  res.status(404).json({
    message: 'Not Found',
    documentation_url: 'https://docs.github.com/rest',
    status: '404',
  });
}

function linksOf(
  url: URL,
  { page, pages }: { page: number; pages: number },
): string | undefined {
  const link = (to: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set('page', String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < pages ? [link(page + 1, 'next'), link(pages, 'last')] : []),
  ];
  return links.length > 0 ? links.join(', ') : undefined;
}

function instantJson(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}

function userJson() {
  return { login: LOGIN, id: 1, type: 'User', site_admin: false };
}

function issueJson(issue: StoredIssue, repository: string, url: string) {
  const { number, title, state } = issue;
  const api = `${url}/repos/${repository}/issues/${number}`;
  const page = `https://github.com/${repository}`;
  return {
    url: api,
    repository_url: `${url}/repos/${repository}`,
    labels_url: `${api}/labels{/name}`,
    html_url: `${page}/${issue.isPullRequest ? 'pull' : 'issues'}/${number}`,
    id: 2_000_000_000 + number,
    node_id: `I_${number}`,
    number,
    title,
    user: userJson(),
    labels: issue.labels.map((name, index) => ({
      id: 208045946 + index,
      name,
      color: 'f29513',
      default: false,
      description: null,
    })),
    state,
    state_reason: state === 'closed' ? 'completed' : null,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: 0,
    created_at: instantJson(issue.createdAt),
    updated_at: instantJson(issue.updatedAt),
    closed_at: issue.closedAt === null ? null : instantJson(issue.closedAt),
    author_association: 'MEMBER',
    body: issue.body,
    reactions: { total_count: 0, '+1': 0, '-1': 0 },
    ...(issue.isPullRequest && {
      pull_request: {
        url: `${url}/repos/${repository}/pulls/${number}`,
        html_url: `${page}/pull/${number}`,
        merged_at: null,
      },
    }),
  };
}
