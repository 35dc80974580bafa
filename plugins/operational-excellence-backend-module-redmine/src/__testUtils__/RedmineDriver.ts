import { ServiceDescriptor } from 'backstage-plugin-operational-excellence-node';
import {
  ask,
  Behaviour,
  behaviours,
  MisbehavingUpstream,
  passOn,
  ReceivedRequest,
  TicketUpstreamDriver,
  UpstreamFailure,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { RedmineServer } from 'upstream-servers';
import { ANNOTATION_PROJECT } from '../annotations';
import { API_KEY } from './createSource';

const { afterWork, html, json, reset, silence, text, truncatedJson } =
  behaviours;

const BUG = 1;
const IMPROVEMENT = 4;

/**
 * Makes things happen in a Redmine server. The source under test reaches it
 * through a proxy, which fails on demand.
 */
export class RedmineDriver implements TicketUpstreamDriver {
  static async start(): Promise<RedmineDriver> {
    const server = await RedmineServer.start();
    server.store.addProject({ identifier: 'payments', name: 'Payments' });
    server.store.addUser({ login: 'backstage', apiKey: API_KEY });
    return new RedmineDriver(server, await MisbehavingUpstream.start());
  }

  readonly pageSize = 100;
  readonly secrets = [API_KEY];
  readonly service: ServiceDescriptor = {
    entityRef: 'component:default/payments',
    title: 'Payments',
    annotations: { [ANNOTATION_PROJECT]: 'payments' },
  };

  readonly malformedAnnotations = [
    '',
    ' ',
    'payments,',
    'Payments',
    '42',
    '../users',
    'payments?status_id=*',
    'pay ments',
    'acme/payments/issues',
    'other/payments',
    'https://redmine.example.com/projects/payments',
  ].map(value => ({ [ANNOTATION_PROJECT]: value }));

  readonly fileRequest = {
    scopeKey: 'issues',
    container: 'payments',
    labels: [],
    priority: null,
  };

  private failure: { as: UpstreamFailure; afterRequest: number } | undefined;
  private losesNextAnswer = false;

  private constructor(
    readonly server: RedmineServer,
    private readonly proxy: MisbehavingUpstream,
  ) {
    proxy.always((request, response) =>
      this.behaviour(request)(request, response),
    );
  }

  /** Where the source under test finds the API. */
  get baseUrl(): string {
    return this.proxy.url();
  }

  async stop(): Promise<void> {
    await this.proxy.close();
    await this.server.close();
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

  async create(
    ...tickets: { title: string; improvement: boolean }[]
  ): Promise<string[]> {
    return tickets.map(({ title, improvement }) => {
      const { id } = this.server.store.addIssue({
        project: 'payments',
        subject: title,
        trackerId: improvement ? IMPROVEMENT : BUG,
      });
      return String(id);
    });
  }

  async close(externalId: string): Promise<void> {
    this.server.store.closeIssue(Number(externalId));
  }

  async reopen(externalId: string): Promise<void> {
    this.server.store.reopenIssue(Number(externalId));
  }

  async classify(externalId: string, improvement: boolean): Promise<void> {
    this.server.store.changeIssue(Number(externalId), {
      trackerId: improvement ? IMPROVEMENT : BUG,
    });
  }

  async delete(externalId: string): Promise<void> {
    this.server.store.deleteIssue(Number(externalId));
  }

  /** A transaction of Redmine that takes long: nobody sees what it writes before it ends. */
  async createUnindexed(ticket: { title: string; improvement: boolean }) {
    const [externalId] = await this.create(ticket);
    const { store } = this.server;
    const issue = store.issue(Number(externalId));
    store.deleteIssue(issue.id);
    return {
      externalId,
      index: async () => store.issues.put(issue),
    };
  }

  async loseNextAnswer(): Promise<void> {
    this.losesNextAnswer = true;
  }

  private behaviour({ method }: ReceivedRequest): Behaviour {
    if (this.failure && this.requests() > this.failure.afterRequest) {
      return this.failingAs(this.failure.as);
    }
    if (method === 'POST' && this.losesNextAnswer) {
      this.losesNextAnswer = false;
      return afterWork(async request => {
        await ask(this.server.url, request);
      }, reset());
    }
    return passOn(this.server.url);
  }

  private failingAs(failure: UpstreamFailure): Behaviour {
    switch (failure) {
      case 'unauthorized':
        return text('', { status: 401 });
      case 'forbidden':
        return text('', { status: 403 });
      case 'not-found':
        return text('', { status: 404 });
      case 'rate-limited':
        return text('Retry later\n', {
          status: 429,
          headers: { 'retry-after': '1' },
        });
      case 'html':
        return html();
      case 'truncated':
        return truncatedJson({ issues: [], total_count: 0, limit: 100 });
      case 'wrong-shape':
        return json({ issues: { '1': { id: 1 } }, total_count: 1, limit: 100 });
      case 'down':
        return reset();
      case 'silent':
        return silence();
      case 'empty-without-rights':
        return (request, response) => {
          const { 'x-redmine-api-key': _, ...headers } = request.headers;
          return passOn(this.server.url)({ ...request, headers }, response);
        };
      default:
        throw new Error(`Cannot fail as ${failure satisfies never}`);
    }
  }
}
