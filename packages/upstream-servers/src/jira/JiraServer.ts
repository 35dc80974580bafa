import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express, { Router } from 'express';
import { authenticates, RateLimiter } from './access';
import { BaseIssues } from './BaseIssues';
import { cloudRoutes } from './cloudRoutes';
import { dataCenterRoutes } from './dataCenterRoutes';
import { IssueSearch } from './IssueSearch';
import { IssueStore } from './IssueStore';
import { JiraServerOptions } from './options';

/**
 * A Jira site on 127.0.0.1 that keeps its issues in memory, as Cloud (REST API 3,
 * at the site and through the gateway) or Data Center (REST API 2).
 */
export class JiraServer {
  static async start(options: JiraServerOptions): Promise<JiraServer> {
    const now = options.now ?? Date.now;
    const store = new IssueStore(now);
    const site = { options, store, search: new IssueSearch(store, now) };
    const limiter = new RateLimiter(options);
    const app = express();
    const counter = { requests: 0 };
    app.use((_request, _response, next) => {
      counter.requests += 1;
      if (options.latencyMs) setTimeout(next, options.latencyMs);
      else next();
    });
    app.use(limiter.handle);
    app.use(express.json({ limit: '10mb' }));

    const routes = Router();
    if (options.deployment === 'cloud') {
      cloudRoutes(site, routes);
      app.use('/rest/api/3', authenticates(options, 'site'), routes);
      app.use(
        `/ex/jira/${options.cloudId ?? 'cloud-id'}/rest/api/3`,
        authenticates(options, 'gateway'),
        routes,
      );
    } else {
      dataCenterRoutes(site, routes);
      app.use('/rest/api/2', authenticates(options, 'site'), routes);
    }

    const server = createServer(app);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new JiraServer(server, store, limiter, counter, options.projects);
  }

  private constructor(
    private readonly server: Server,
    /** By which tests make things happen. */
    readonly store: IssueStore,
    private readonly limiter: RateLimiter,
    private readonly counter: { requests: number },
    projects: readonly string[] = [],
  ) {
    projects.forEach(key => store.addProject(key));
  }

  /** Without a trailing slash. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** How many requests came so far. */
  get requests(): number {
    return this.counter.requests;
  }

  /** Answers the next requests with 429. */
  refuseNext(count: number, retryAfter?: string): void {
    this.limiter.refuseNext(count, retryAfter);
  }

  /**
   * Fills projects, which are added, with very many issues. One of them was
   * updated every `stepMs`, the last one `stepMs` before `until`.
   */
  fill(options: {
    projects: string[];
    issues: number;
    until: number;
    stepMs: number;
    components?: string[];
  }): void {
    const { projects, issues, until, stepMs, components = [] } = options;
    projects.forEach(key => this.store.addProject(key));
    this.store.addBase(
      new BaseIssues({
        projects,
        count: issues,
        from: until - issues * stepMs,
        stepMs,
        components,
      }),
    );
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
