import { request as httpRequest } from 'node:http';
import { EventParams } from '@backstage/plugin-events-node';
import { ServiceDescriptor } from 'backstage-plugin-operational-excellence-node';
import {
  Behaviour,
  behaviours,
  MisbehavingUpstream,
  TicketUpstreamDriver,
  UpstreamFailure,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { JiraServer } from 'upstream-servers';
import {
  ANNOTATION_COMPONENT,
  ANNOTATION_LABEL,
  ANNOTATION_PROJECT_KEY,
  ANNOTATION_QUERY,
} from '../annotations';
import { topicOf } from '../events';
import { batchKey } from '../projects';
import { API_TOKEN, EMAIL, PAT } from './credentials';

const { html, json, rateLimited, reset, silence, truncatedJson } = behaviours;

const PROJECT = 'PAY';

/**
 * Makes things happen in a project of a {@link JiraServer}. The source under test
 * reaches it through a proxy that fails on demand.
 */
export class JiraDriver implements TicketUpstreamDriver {
  static async start(server: JiraServer): Promise<JiraDriver> {
    return new JiraDriver(server, await MisbehavingUpstream.start());
  }

  readonly pageSize = 100;
  readonly secrets = [
    API_TOKEN,
    PAT,
    Buffer.from(`${EMAIL}:${API_TOKEN}`).toString('base64'),
  ];
  readonly service: ServiceDescriptor = {
    entityRef: 'component:default/payments',
    title: 'Payments',
    annotations: { [ANNOTATION_PROJECT_KEY]: PROJECT },
  };
  readonly malformedAnnotations: Record<string, string>[] = [
    ...[
      '',
      ' ',
      'PAY,',
      'PAY OR project is not empty',
      'PAY") OR (project is not EMPTY',
      '"PAY"',
      "PAY'",
      'PAY-12',
      '../PAY',
      'other/PAY',
      '12',
      'P',
      'https://acme.atlassian.net/browse/PAY',
    ].map(value => ({ [ANNOTATION_PROJECT_KEY]: value })),
    { [ANNOTATION_PROJECT_KEY]: PROJECT, [ANNOTATION_LABEL]: 'ops,,db' },
    { [ANNOTATION_PROJECT_KEY]: PROJECT, [ANNOTATION_COMPONENT]: ' ' },
    { [ANNOTATION_PROJECT_KEY]: PROJECT, [ANNOTATION_QUERY]: 'project = PAY' },
  ];
  readonly fileRequest = {
    scopeKey: batchKey(PROJECT, 8),
    container: PROJECT,
    labels: ['from backstage'],
    priority: 'High',
  };
  readonly unrelatedEvents: EventParams[] = [
    this.event({ webhookEvent: 'comment_created', comment: { id: '1' } }),
    this.event({ webhookEvent: 'sprint_started', sprint: { id: 7 } }),
  ];
  readonly malformedEvents: EventParams[] = [
    this.event({ issue: { key: 'PAY-12' } }),
    this.event({ webhookEvent: 'jira:issue_updated' }),
    this.event({
      webhookEvent: 'jira:issue_updated',
      issue: { key: 'PAY-1) OR (project is not EMPTY' },
    }),
    this.event({ webhookEvent: 'jira:issue_updated', issue: { key: 12 } }),
  ];

  private failure: { as: UpstreamFailure; afterRequest: number } | undefined;
  private losesNextAnswer = false;

  private constructor(
    private readonly server: JiraServer,
    private readonly proxy: MisbehavingUpstream,
  ) {
    proxy.always((request, response) => {
      const fails =
        this.failure && this.requests() > this.failure.afterRequest
          ? this.failure.as
          : undefined;
      return (fails ? failingAs(fails) : this.passOn)(request, response);
    });
  }

  /** Where the source under test finds the server. */
  get url(): string {
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
    return tickets.map(({ title, improvement }) =>
      String(
        this.server.store.create({
          projectKey: PROJECT,
          summary: title,
          issueType: improvement ? 'Improvement' : 'Bug',
        }).id,
      ),
    );
  }

  async close(externalId: string): Promise<void> {
    this.server.store.transition(externalId, 'Done');
  }

  async reopen(externalId: string): Promise<void> {
    this.server.store.transition(externalId, 'To Do');
  }

  async begin(externalId: string): Promise<void> {
    this.server.store.transition(externalId, 'In Progress');
  }

  async classify(externalId: string, improvement: boolean): Promise<void> {
    this.server.store.update(externalId, {
      issueType: 'Task',
      labels: improvement ? ['Tech-Debt'] : [],
    });
  }

  async delete(externalId: string): Promise<void> {
    this.server.store.delete(externalId);
  }

  async createUnindexed(ticket: { title: string; improvement: boolean }) {
    this.server.store.lagBy(3_600_000);
    const [externalId] = await this.create(ticket);
    this.server.store.lagBy(0);
    return {
      externalId,
      index: async () => this.server.store.indexNow(),
    };
  }

  async eventOf(externalId: string): Promise<EventParams> {
    const { id, key, summary } = this.server.store.find(externalId)!;
    return this.event({
      timestamp: Date.now(),
      webhookEvent: 'jira:issue_updated',
      issue: { id: String(id), key, fields: { summary } },
    });
  }

  private event(eventPayload: unknown): EventParams {
    return { topic: topicOf('acme-0'), eventPayload };
  }

  private readonly passOn: Behaviour = async (request, response) => {
    const { method, url, headers, body } = request;
    const isLost = this.losesNextAnswer && url.pathname.endsWith('/issue');
    if (isLost) this.losesNextAnswer = false;
    const asked = httpRequest(
      `${this.server.url}${url.pathname}${url.search}`,
      { method, headers },
      answer => {
        if (isLost) {
          answer.resume().once('end', () => response.destroy());
        } else {
          response.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(response);
        }
      },
    );
    asked.once('error', error => response.destroy(error));
    asked.end(body);
  };
}

function failingAs(failure: UpstreamFailure): Behaviour {
  switch (failure) {
    case 'unauthorized':
      return json(
        {
          message: 'Client must be authenticated to access this resource.',
          'status-code': 401,
        },
        { status: 401 },
      );
    case 'forbidden':
      return json(
        { errorMessages: ['You do not have permission.'], errors: {} },
        { status: 403 },
      );
    case 'not-found':
      return json({ message: 'Not Found' }, { status: 404 });
    case 'rate-limited':
      return rateLimited({ retryAfter: '1' });
    case 'html':
      return html();
    case 'truncated':
      return truncatedJson({ issues: [{ id: '1', key: 'PAY-1' }] });
    case 'wrong-shape':
      return json([{ issues: 'none' }]);
    case 'down':
      return reset();
    case 'silent':
      return silence();
    case 'empty-without-rights':
      return (request, response) =>
        request.url.pathname.includes('/search')
          ? json({ issues: [], total: 0, isLast: true })(request, response)
          : failingAs('unauthorized')(request, response);
    default:
      throw new Error(`Cannot fail as ${failure satisfies never}`);
  }
}
