import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express, { Express, Request, Response } from 'express';
import { InvalidFilter, readSelection } from './filters';
import { issueJson, journalsJson, projectJson, userJson } from './json';
import { readNewIssue } from './newIssue';
import { RedmineIssue, RedmineProject, RedmineUser } from './records';
import { RedmineStore } from './RedmineStore';

/** An answer without a body, as Redmine gives to its API in most failures. */
class Refusal extends Error {
  constructor(readonly status: number) {
    super(`Refused with ${status}`);
  }
}

export interface RedmineServerOptions {
  /** Whether visitors without an account see public projects; `true` if left out. */
  anonymousAccess?: boolean;
  /** Whether statuses of issues tell `is_closed`, as they do since 5.0; `true` if left out. */
  statusTellsClosed?: boolean;
  /** The clock, epoch milliseconds; that of this machine if left out. */
  now?: () => number;
}

/** A request as the server received it. */
export interface RedmineRequest {
  method: string;
  path: string;
  query: Record<string, unknown>;
}

/**
 * A Redmine, as far as its REST API reads and creates issues.
 *
 * @remarks
 *
 * Written after the wiki pages of the REST API and Redmine's own behaviour:
 *
 * - A wrong key, or the API switched off, makes the caller an anonymous visitor,
 *   who sees public projects where the server lets visitors in, and an empty list
 *   where there are none.
 * - Lists have 25 rows unless `limit` says otherwise, and 100 at most.
 * - Instants are written to the second, and kept more precisely. Filters of a
 *   least instant include the second before it.
 * - `closed_on` stays when an issue is reopened.
 */
export class RedmineServer {
  static async start(
    options: RedmineServerOptions = {},
  ): Promise<RedmineServer> {
    const app = express();
    const server = createServer(app);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new RedmineServer(app, server, options);
  }

  /** What it holds; tests change it at will. */
  readonly store: RedmineStore;
  /** How long each answer takes, milliseconds. */
  latencyMs = 0;
  /** Whether an administrator has switched on the REST API. */
  restEnabled = true;

  private received: RedmineRequest[] = [];
  private count = 0;
  private readonly now: () => number;

  private constructor(
    app: Express,
    private readonly server: Server,
    private readonly options: RedmineServerOptions,
  ) {
    this.now = options.now ?? Date.now;
    this.store = new RedmineStore(this.now);
    this.route(app);
  }

  /** Without a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many requests it has received. */
  get requestCount(): number {
    return this.count;
  }

  /** The last thousand requests. */
  get requests(): readonly RedmineRequest[] {
    return this.received;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private route(app: Express): void {
    app.disable('x-powered-by');
    app.disable('etag');
    app.use(async ({ method, path, query }, response, next) => {
      this.count += 1;
      this.received.push({ method, path, query });
      if (this.received.length > 1000) this.received.shift();
      response.set('date', new Date(this.now()).toUTCString());
      if (this.latencyMs > 0) await sleep(this.latencyMs);
      next();
    });
    app.use(express.json({ limit: '5mb' }));

    const get = (
      path: string,
      answer: (request: Request, response: Response) => unknown,
    ) => app.get(path, guarded(answer));
    get('/users/current.json', request => ({
      user: userJson(this.user(request)),
    }));
    get('/issues.json', request => this.listIssues(request));
    get('/issues/:id.json', request => this.showIssue(request));
    app.post(
      '/issues.json',
      guarded((request, response) => this.createIssue(request, response)),
    );
    get('/projects.json', request => this.listProjects(request));
    get('/projects/:id.json', request => ({
      project: projectJson(this.visibleProject(request), this.store),
    }));
    get('/trackers.json', request => {
      this.visitor(request);
      return {
        trackers: this.store.trackers.map(tracker => ({
          ...tracker,
          default_status: { id: 1, name: 'New' },
          description: '',
        })),
      };
    });
    get('/issue_statuses.json', request => {
      this.visitor(request);
      return {
        issue_statuses: this.store.statuses.map(({ id, name, isClosed }) => ({
          id,
          name,
          is_closed: isClosed,
        })),
      };
    });
    get('/enumerations/issue_priorities.json', request => {
      this.visitor(request);
      return {
        issue_priorities: this.store.priorities.map(priority => ({
          ...priority,
          is_default: priority.name === 'Normal',
          active: true,
        })),
      };
    });
    get('/custom_fields.json', request => {
      if (!this.user(request).admin) throw new Refusal(403);
      return {
        custom_fields: this.store.customFields.map(field => ({
          id: field.id,
          name: field.name,
          customized_type: 'issue',
          field_format: 'string',
          is_required: field.required,
          is_filter: true,
          multiple: field.multiple,
        })),
      };
    });
    app.use((_, response) => void response.status(404).end());
    app.use(
      // Express knows an error handler by its four parameters.
      (error: unknown, _: Request, response: Response, __: () => void) => {
        const status =
          error instanceof Error ? Reflect.get(error, 'status') : undefined;
        response.status(typeof status === 'number' ? status : 500).end();
      },
    );
  }

  private listIssues({ query, headers }: Request) {
    const visitor = this.visitor({ headers });
    const project =
      query.project_id === undefined
        ? undefined
        : this.store.findProject(query.project_id);
    if (query.project_id !== undefined) {
      if (!project) throw new Refusal(404);
      this.demandVisible(project, visitor);
      if (!project.tracksIssues) throw new Refusal(visitor ? 403 : 401);
    }
    const selection = readSelection(query, {
      statuses: this.store.statuses,
      project,
      isWithin: (id, ancestor) => this.store.isWithin(id, ancestor),
      isVisible: issue => this.isIssueVisible(issue, visitor),
      viewer: {
        id: visitor?.id ?? 0,
        name: `${visitor?.id ?? 0}/${this.store.accessVersion}`,
      },
    });
    const page = pageOf(query);
    const { issues, total } = this.store.issues.select(selection, page);
    return {
      issues: issues.map(issue => this.issueJson(issue)),
      total_count: total,
      ...page,
    };
  }

  private showIssue({ params, query, headers }: Request) {
    const visitor = this.visitor({ headers });
    const issue = this.store.issues.get(Number(params.id));
    if (!issue) throw new Refusal(404);
    if (!this.isIssueVisible(issue, visitor)) {
      throw new Refusal(visitor ? 403 : 401);
    }
    const includes = String(query.include ?? '').split(',');
    return {
      issue: {
        ...this.issueJson(issue),
        ...(includes.includes('journals') && {
          journals: journalsJson(issue, this.store),
        }),
      },
    };
  }

  private createIssue(request: Request, response: Response) {
    const visitor = this.visitor(request);
    const given: unknown = request.body?.issue;
    const fields = typeof given === 'object' && given !== null ? given : {};
    const project = this.store.findProject(Reflect.get(fields, 'project_id'));
    if (!project) throw new Refusal(404);
    if (
      !visitor ||
      !this.isProjectVisible(project, visitor) ||
      !visitor.mayAddIssues ||
      !project.tracksIssues ||
      project.status !== 'active'
    ) {
      throw new Refusal(visitor ? 403 : 401);
    }
    const read = readNewIssue(fields, this.store);
    if ('errors' in read) {
      response.status(422);
      return read;
    }
    const issue = this.store.addIssue({
      ...read.issue,
      project: project.identifier,
      authorId: visitor.id,
    });
    response.status(201).set('location', `${this.url}/issues/${issue.id}`);
    return { issue: this.issueJson(issue) };
  }

  private listProjects({ query, headers }: Request) {
    const visitor = this.visitor({ headers });
    const visible = this.store.projects.filter(
      project =>
        project.status === 'active' && this.isProjectVisible(project, visitor),
    );
    const { offset, limit } = pageOf(query);
    return {
      projects: visible
        .slice(offset, offset + limit)
        .map(project => projectJson(project, this.store)),
      total_count: visible.length,
      offset,
      limit,
    };
  }

  private visibleProject(request: Request): RedmineProject {
    const visitor = this.visitor(request);
    const project = this.store.findProject(request.params.id);
    if (!project) throw new Refusal(404);
    this.demandVisible(project, visitor);
    return project;
  }

  private demandVisible(
    project: RedmineProject,
    visitor: RedmineUser | undefined,
  ): void {
    if (!this.isProjectVisible(project, visitor)) {
      throw new Refusal(visitor ? 403 : 401);
    }
  }

  private isProjectVisible(
    { id, isPublic, status }: RedmineProject,
    visitor: RedmineUser | undefined,
  ): boolean {
    return (
      status !== 'archived' &&
      (isPublic || Boolean(visitor?.admin || visitor?.memberships.includes(id)))
    );
  }

  private isIssueVisible(
    issue: RedmineIssue,
    visitor: RedmineUser | undefined,
  ): boolean {
    const project = this.store.projects.find(p => p.id === issue.projectId);
    if (!project?.tracksIssues || !this.isProjectVisible(project, visitor)) {
      return false;
    }
    return (
      !issue.isPrivate ||
      Boolean(visitor && (visitor.admin || visitor.seesPrivateIssues)) ||
      issue.authorId === visitor?.id ||
      issue.assigneeId === visitor?.id
    );
  }

  /** Who asks; `undefined` for an anonymous visitor, where those are let in. */
  private visitor({
    headers,
  }: Pick<Request, 'headers'>): RedmineUser | undefined {
    const key = headers['x-redmine-api-key'];
    const user = this.restEnabled
      ? this.store.users.find(({ apiKey }) => apiKey === key)
      : undefined;
    if (!user && this.options.anonymousAccess === false) this.refuseVisitor();
    return user;
  }

  /** Who asks, where that has to be a user. */
  private user(request: Request): RedmineUser {
    return this.visitor(request) ?? this.refuseVisitor();
  }

  private refuseVisitor(): never {
    throw new Refusal(this.restEnabled ? 401 : 403);
  }

  private issueJson(issue: RedmineIssue) {
    return issueJson(issue, this.store, {
      statusTellsClosed: this.options.statusTellsClosed ?? true,
    });
  }
}

function guarded(
  answer: (request: Request, response: Response) => unknown,
): (request: Request, response: Response) => void {
  return (request, response) => {
    try {
      const body = answer(request, response);
      response.json(body);
    } catch (error) {
      if (error instanceof InvalidFilter) {
        response.status(422).json({ errors: [error.message] });
      } else if (error instanceof Refusal) {
        if (error.status === 401) {
          response.set('www-authenticate', 'Basic realm="Redmine API"');
        }
        response.status(error.status).end();
      } else {
        throw error;
      }
    }
  };
}

function pageOf(query: Record<string, unknown>): {
  offset: number;
  limit: number;
} {
  const number = (value: unknown) => Math.trunc(Number(value)) || 0;
  const asked = number(query.limit);
  return {
    offset: Math.max(number(query.offset), 0),
    limit: asked < 1 ? 25 : Math.min(asked, 100),
  };
}
