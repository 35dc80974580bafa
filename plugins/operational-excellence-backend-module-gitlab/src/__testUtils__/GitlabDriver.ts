import { EventParams } from '@backstage/plugin-events-node';
import { ServiceDescriptor } from 'backstage-plugin-operational-excellence-node';
import {
  Behaviour,
  behaviours,
  MisbehavingUpstream,
  passOn,
  TicketUpstreamDriver,
  UpstreamFailure,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { GitlabServer } from 'upstream-servers';
import { TOKEN } from './createSource';

const { afterWork, html, json, rateLimited, reset, silence, truncatedJson } =
  behaviours;

const TOPIC = 'gitlab.issue';

/**
 * Makes things happen in a project of a GitLab server. The source under test
 * reaches it through a proxy, which fails on demand.
 */
export class GitlabDriver implements TicketUpstreamDriver {
  /** @param scope - how the service names the project */
  static async start(
    server: GitlabServer,
    path: string,
    scope: 'path' | 'id' | 'group' = 'path',
  ): Promise<GitlabDriver> {
    const { id } = server.addProject(path);
    const group = path.split('/').slice(0, -1).join('/');
    const [annotation, value, key] = {
      path: ['gitlab.com/project-slug', path, path],
      id: ['gitlab.com/project-id', String(id), `id:${id}`],
      group: ['gitlab.com/group-slug', group, `group:${group}`],
    }[scope];
    return new GitlabDriver(
      server,
      await MisbehavingUpstream.start(),
      path,
      key,
      { [annotation]: value },
    );
  }

  readonly pageSize = 100;
  readonly secrets = [TOKEN];
  readonly service: ServiceDescriptor;
  readonly fileRequest: TicketUpstreamDriver['fileRequest'];
  readonly malformedAnnotations: Record<string, string>[] = [
    ...[
      '',
      ' ',
      'payments',
      'acme/..',
      'acme//payments',
      'acme/payments,',
      'acme/payments?state=closed',
      'acme/payments#1',
      '../../user',
      'https://gitlab.com/acme/payments',
      'acme/pay ments',
      'acme%2Fpayments',
      'acme/%2e%2e',
    ].map(slug => ({ 'gitlab.com/project-slug': slug })),
    ...['', 'payments', '-1', '0', '1.5', '1e3', '1/issues'].map(id => ({
      'gitlab.com/project-id': id,
    })),
    ...['', '..', 'acme/', 'acme?'].map(group => ({
      'gitlab.com/group-slug': group,
    })),
    {
      'gitlab.com/project-slug': 'acme/payments',
      'gitlab.com/instance': 'https://gitlab.example.com/acme?x',
    },
    { 'gitlab.com/project-id': '7', 'gitlab.com/group-slug': 'acme' },
  ];

  private readonly iids = new Map<string, number>();
  private failure: { as: UpstreamFailure; afterRequest: number } | undefined;
  private losesNextAnswer = false;

  private constructor(
    private readonly server: GitlabServer,
    private readonly proxy: MisbehavingUpstream,
    private readonly path: string,
    private readonly key: string,
    annotations: Record<string, string>,
  ) {
    this.service = {
      entityRef: 'component:default/payments',
      title: 'Payments',
      annotations,
    };
    this.fileRequest = {
      scopeKey: key,
      container: key,
      labels: ['reliability'],
      priority: null,
    };
    proxy.always((request, response) =>
      this.behaviour(request)(request, response),
    );
  }

  /** Where the source under test finds the instance. */
  get baseUrl(): string {
    return this.proxy.url('').replace(/\/$/, '');
  }

  async stop(): Promise<void> {
    await this.proxy.close();
  }

  requests(): number {
    return this.proxy.received.length;
  }

  async fail(
    as: UpstreamFailure,
    options?: { afterRequests?: number },
  ): Promise<void> {
    this.failure = {
      as,
      afterRequest: this.requests() + (options?.afterRequests ?? 0),
    };
  }

  async heal(): Promise<void> {
    this.failure = undefined;
  }

  async loseNextAnswer(): Promise<void> {
    this.losesNextAnswer = true;
  }

  async create(
    ...tickets: { title: string; improvement: boolean }[]
  ): Promise<string[]> {
    return tickets.map(({ title, improvement }) => {
      const labels = improvement ? ['Improvement'] : [];
      const { id, iid } = this.server.createIssue(this.path, { title, labels });
      this.iids.set(`${this.key}:${id}`, iid);
      return `${this.key}:${id}`;
    });
  }

  async close(externalId: string): Promise<void> {
    this.server.closeIssue(this.path, this.iidOf(externalId));
  }

  async reopen(externalId: string): Promise<void> {
    this.server.reopenIssue(this.path, this.iidOf(externalId));
  }

  async classify(externalId: string, improvement: boolean): Promise<void> {
    this.server.changeIssue(this.path, this.iidOf(externalId), {
      labels: improvement ? ['tech-debt'] : ['bug'],
    });
  }

  async delete(externalId: string): Promise<void> {
    this.server.deleteIssue(this.path, this.iidOf(externalId));
  }

  async createNoise(): Promise<void> {
    this.server.createIssue(this.path, {
      title: 'A test case',
      issueType: 'test_case',
      labels: ['improvement'],
    });
  }

  async createUnindexed(ticket: { title: string; improvement: boolean }) {
    const [externalId] = await this.create(ticket);
    const release = this.server.withholdIssue(
      this.path,
      this.iidOf(externalId),
    );
    return { externalId, index: async () => release() };
  }

  async eventOf(externalId: string): Promise<EventParams> {
    return this.eventOn(this.payloadOf(this.iidOf(externalId)));
  }

  get unrelatedEvents(): EventParams[] {
    const payload = this.somePayload();
    return [
      this.eventOn({ ...payload, object_kind: 'push' }),
      this.eventOn({
        ...payload,
        project: {
          ...payload.project,
          web_url: 'https://gitlab.other.example/acme/payments',
        },
      }),
    ];
  }

  get malformedEvents(): EventParams[] {
    const payload = this.somePayload();
    const { project } = payload;
    return [
      this.eventOn({ ...payload, object_kind: undefined }),
      this.eventOn({ ...payload, project: undefined }),
      this.eventOn({
        ...payload,
        project: { ...project, path_with_namespace: '../../admin/secrets' },
      }),
      this.eventOn({ ...payload, object_attributes: { iid: '1 or 1=1--' } }),
      this.eventOn({ ...payload, object_attributes: { iid: -1 } }),
    ];
  }

  private somePayload() {
    const { iid } = this.server.createIssue(this.path, { title: 'Rehearsal' });
    return this.payloadOf(iid);
  }

  /** As the instance would send it if the proxy were its address. */
  private payloadOf(iid: number) {
    const payload = this.server.webhookOf(this.path, iid);
    const web_url = `${this.baseUrl}/${this.path}`;
    return { ...payload, project: { ...payload.project, web_url } };
  }

  private eventOn(eventPayload: object): EventParams {
    return { topic: TOPIC, eventPayload };
  }

  private iidOf(externalId: string): number {
    const iid = this.iids.get(externalId);
    if (iid === undefined) throw new Error(`No issue ${externalId}`);
    return iid;
  }

  private behaviour({ method }: { method: string }): Behaviour {
    if (this.failure && this.requests() > this.failure.afterRequest) {
      return this.failingAs(this.failure.as);
    }
    if (this.losesNextAnswer && method === 'POST') {
      this.losesNextAnswer = false;
      return afterWork(async request => {
        await fetch(`${this.server.url}${request.url.pathname}`, {
          method,
          headers: {
            authorization: String(request.headers.authorization),
            'content-type': 'application/json',
          },
          body: request.body,
        });
      }, reset());
    }
    return passOn(this.server.url);
  }

  private failingAs(failure: UpstreamFailure): Behaviour {
    const unauthorized = json({ message: '401 Unauthorized' }, { status: 401 });
    switch (failure) {
      case 'unauthorized':
        return unauthorized;
      case 'forbidden':
        return json(
          {
            error: 'insufficient_scope',
            error_description:
              'The request requires higher privileges than provided by the access token.',
            scope: 'api read_api',
          },
          { status: 403 },
        );
      case 'not-found':
        return json({ message: '404 Project Not Found' }, { status: 404 });
      case 'rate-limited':
        return rateLimited({ retryAfter: '1' });
      case 'html':
        return html();
      case 'truncated':
        return truncatedJson([{ id: 1, iid: 1, title: 'Rotate the keys' }]);
      case 'wrong-shape':
        return json({ issues: [] });
      case 'down':
        return reset();
      case 'silent':
        return silence();
      case 'empty-without-rights':
        return (request, response) =>
          (request.url.pathname.endsWith('/issues') ? json([]) : unauthorized)(
            request,
            response,
          );
      default:
        throw new Error(`Cannot fail as ${failure satisfies never}`);
    }
  }
}
