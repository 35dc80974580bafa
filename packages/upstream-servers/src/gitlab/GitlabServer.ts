import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { createApi } from './createApi';
import { GitlabStore } from './GitlabStore';
import { BulkIssues, GitlabIssue, GitlabProject, Role } from './records';

export interface GitlabServerOptions {
  /**
   * Whether pages of a project's issues can be turned by key, as newer releases
   * know it; older ones ignore that it is asked for. `true` if left out.
   */
  keyset?: boolean;
  /** The offset of the server's time zone, such as `+02:00`; UTC if left out. */
  offset?: string;
  /** How long each answer takes, milliseconds. */
  latencyMs?: number;
  /** The most requests in a window; without it nothing is limited. */
  rateLimit?: { limit: number; windowMs: number };
}

/** What an issue is created with; all but the title has defaults. */
export interface NewIssue {
  title: string;
  description?: string;
  labels?: readonly string[];
  issueType?: string;
  confidential?: boolean;
  /** The name of a user; of no token if left out. */
  author?: string;
  assignees?: readonly string[];
  /** When it was created, epoch milliseconds; now if left out. */
  at?: number;
}

/**
 * A server on 127.0.0.1 that speaks as much of version 4 of GitLab's REST API as
 * issues need, written from its documentation.
 */
export class GitlabServer {
  static async start(options: GitlabServerOptions = {}): Promise<GitlabServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new GitlabServer(server, options);
  }

  /** How long each answer takes, milliseconds. */
  latencyMs: number;
  private readonly store = new GitlabStore();
  private readonly executed: { name: string; argument: string }[] = [];
  private received = 0;
  private lastProjectId = 40;

  private constructor(
    private readonly server: Server,
    options: GitlabServerOptions,
  ) {
    this.latencyMs = options.latencyMs ?? 0;
    server.on(
      'request',
      createApi({
        store: this.store,
        writing: { baseUrl: this.url, offset: options.offset ?? 'Z' },
        keyset: options.keyset ?? true,
        rateLimit: options.rateLimit,
        onRequest: async () => {
          this.received += 1;
          const { latencyMs } = this;
          if (latencyMs > 0) {
            await new Promise(resolve => setTimeout(resolve, latencyMs));
          }
        },
        onQuickAction: action => void this.executed.push(action),
      }),
    );
  }

  /** The address of its pages, without a trailing slash. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get apiBaseUrl(): string {
    return `${this.url}/api/v4`;
  }

  /** How many requests it has received. */
  get requests(): number {
    return this.received;
  }

  /** The quick actions of created issues that it has carried out. */
  get quickActions(): readonly { name: string; argument: string }[] {
    return this.executed;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** Issues a token; by default an access token for the whole API. */
  addToken(
    token: string,
    options: {
      username?: string;
      scopes?: readonly string[];
      kind?: 'access' | 'oauth';
    } = {},
  ): void {
    const { username = `user-${this.store.tokens.size + 1}` } = options;
    const known = [...this.store.tokens.values()].find(
      ({ user }) => user.username === username,
    );
    this.store.tokens.set(token, {
      token,
      scopes: options.scopes ?? ['api'],
      kind: options.kind ?? 'access',
      user: known?.user ?? this.store.addUser(username),
      revoked: false,
    });
  }

  revokeToken(token: string): void {
    const known = this.store.tokens.get(token);
    if (!known) throw new Error('There is no such token');
    known.revoked = true;
  }

  /** Adds a project, with issues in bulk if there are to be any. */
  addProject(
    path: string,
    options: {
      visibility?: 'private' | 'public';
      members?: Readonly<Record<string, Role>>;
      bulk?: BulkIssues;
    } = {},
  ): GitlabProject {
    this.lastProjectId += 1;
    const project: GitlabProject = {
      id: this.lastProjectId,
      path,
      formerPaths: [],
      visibility: options.visibility ?? 'private',
      issues: 'enabled',
      archived: false,
      members: options.members,
      createdAt: options.bulk?.from ?? this.store.now(),
    };
    this.store.projects.set(project.id, project);
    if (options.bulk) this.store.issues.addBulk(project.id, options.bulk);
    return project;
  }

  changeProject(
    path: string,
    change: Partial<
      Pick<GitlabProject, 'issues' | 'archived' | 'visibility' | 'members'>
    >,
  ): void {
    Object.assign(this.store.project(path), change);
  }

  /** Its old path leads to the new one from then on. */
  renameProject(path: string, to: string): void {
    const project = this.store.project(path);
    project.formerPaths.push(project.path);
    project.path = to;
  }

  removeProject(path: string): void {
    this.store.projects.delete(this.store.project(path).id);
  }

  createIssue(path: string, issue: NewIssue): GitlabIssue {
    const at = issue.at ?? this.store.now();
    const [author, ...assignees] = [
      issue.author ?? 'somebody',
      ...(issue.assignees ?? []),
    ].map(username => this.user(username));
    return this.store.issues.add({
      projectId: this.store.project(path).id,
      title: issue.title,
      description: issue.description ?? null,
      labels: issue.labels ?? [],
      state: 'opened',
      issueType: issue.issueType ?? 'issue',
      confidential: issue.confidential ?? false,
      createdAt: at,
      updatedAt: at,
      closedAt: null,
      author,
      assignees,
      movedToId: null,
      weight: null,
    });
  }

  /** An issue as it is now. */
  issue(path: string, iid: number): GitlabIssue {
    return this.store.issue(path, iid);
  }

  closeIssue(path: string, iid: number, at = this.store.now()): void {
    this.changeIssue(path, iid, { state: 'closed', closedAt: at }, at);
  }

  reopenIssue(path: string, iid: number, at = this.store.now()): void {
    this.changeIssue(path, iid, { state: 'opened', closedAt: null }, at);
  }

  /** Changes an issue; by default it counts as updated now. */
  changeIssue(
    path: string,
    iid: number,
    change: Partial<Omit<GitlabIssue, 'id' | 'iid' | 'projectId'>>,
    at = this.store.now(),
  ): void {
    const { id } = this.store.issue(path, iid);
    this.store.issues.change(id, { updatedAt: at, ...change });
  }

  /** Leaves a closed issue behind, and creates another one elsewhere. */
  moveIssue(path: string, iid: number, to: string): GitlabIssue {
    const moved = this.store.issues.add({
      ...this.store.issue(path, iid),
      projectId: this.store.project(to).id,
      updatedAt: this.store.now(),
    });
    const at = this.store.now();
    this.changeIssue(
      path,
      iid,
      { state: 'closed', closedAt: at, movedToId: moved.id },
      at,
    );
    return moved;
  }

  deleteIssue(path: string, iid: number): void {
    this.store.issues.remove(this.store.issue(path, iid).id);
  }

  /**
   * Leaves an issue out of all lists, as a replica that lags does.
   *
   * @returns what lists it again
   */
  withholdIssue(path: string, iid: number): () => void {
    return this.store.issues.withhold(this.store.issue(path, iid).id);
  }

  /** The payload of the webhook that tells of a change to an issue. */
  webhookOf(path: string, iid: number) {
    const project = this.store.project(path);
    const issue = this.store.issue(path, iid);
    return {
      object_kind: 'issue',
      event_type: issue.confidential ? 'confidential_issue' : 'issue',
      user: { ...issue.author, avatar_url: null, email: '[REDACTED]' },
      project: {
        id: project.id,
        name: project.path.split('/').at(-1),
        description: '',
        web_url: `${this.url}/${project.path}`,
        avatar_url: null,
        git_ssh_url: `git@127.0.0.1:${project.path}.git`,
        git_http_url: `${this.url}/${project.path}.git`,
        namespace: project.path.split('/').at(-2),
        visibility_level: project.visibility === 'public' ? 20 : 0,
        path_with_namespace: project.path,
        default_branch: 'main',
      },
      object_attributes: {
        id: issue.id,
        iid: issue.iid,
        project_id: project.id,
        author_id: issue.author.id,
        title: issue.title,
        description: issue.description,
        state: issue.state,
        type: 'Issue',
        // Webhooks write instants in their own way.
        created_at: new Date(issue.createdAt)
          .toISOString()
          .replace('T', ' ')
          .replace(/\.\d+Z$/, ' UTC'),
        action: 'update',
        url: `${this.url}/${project.path}/-/issues/${issue.iid}`,
      },
      labels: issue.labels.map(title => ({ title, color: '#ffffff' })),
      changes: {},
      repository: {
        name: project.path.split('/').at(-1),
        homepage: `${this.url}/${project.path}`,
      },
    };
  }

  private user(username: string) {
    const known = [...this.store.tokens.values()].find(
      ({ user }) => user.username === username,
    );
    return known?.user ?? { id: 9000, username, name: username };
  }
}
