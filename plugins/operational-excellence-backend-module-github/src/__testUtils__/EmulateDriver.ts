import { EventParams } from '@backstage/plugin-events-node';
import { ServiceDescriptor } from 'backstage-plugin-operational-excellence-node';
import {
  ask,
  Behaviour,
  behaviours,
  MisbehavingUpstream,
  relay,
  TicketUpstreamDriver,
  UpstreamFailure,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { ANNOTATION_PROJECT_SLUG } from '../annotations';
import { Emulate, EMULATE_TOKEN } from './Emulate';
import { issueEvent } from './issueEvent';

const { html, json, reset, silence, truncatedJson } = behaviours;

/**
 * Makes things happen in a repository of an `emulate` server. The source under
 * test reaches it through a proxy, which fails on demand and adds what the server
 * lacks: deletion, lost answers, pull requests among the issues, and an index that lags.
 */
export class EmulateDriver implements TicketUpstreamDriver {
  static async start(
    emulate: Emulate,
    repository: string,
  ): Promise<EmulateDriver> {
    await emulate.createRepository(repository.replace('admin/', ''));
    return new EmulateDriver(
      emulate,
      repository,
      await MisbehavingUpstream.start(),
    );
  }

  readonly pageSize = 100;
  readonly secrets = [EMULATE_TOKEN];
  readonly service: ServiceDescriptor;
  readonly malformedAnnotations = [
    '',
    ' ',
    'payments',
    'acme/payments/issues',
    'acme/..',
    'acme/payments,',
    'acme/payments?state=closed',
    'acme/payments#1',
    '../../user/repos',
    'https://github.com/acme/payments',
    'acme/pay ments',
    'acme/%2e%2e',
    '__proto__/payments',
  ].map(slug => ({ [ANNOTATION_PROJECT_SLUG]: slug }));

  readonly unrelatedEvents = [
    issueEvent({
      repository: { html_url: 'https://ghe.acme.example/acme/payments' },
    }),
  ];
  readonly malformedEvents = [
    issueEvent({ issue: { number: '1/../../../user/repos' } }),
    issueEvent({ issue: { number: -1 } }),
    issueEvent({ repository: { full_name: '../../user/repos' } }),
    issueEvent({ repository: { full_name: 'acme/payments?state=closed' } }),
    issueEvent({ repository: { html_url: 'payments on github.com' } }),
    issueEvent({
      repository: { html_url: 'ftp://github.com/acme/payments' },
    }),
  ];

  private readonly numbers = new Map<string, number>();
  private readonly hidden = new Set<number>();
  private readonly pullRequests = new Set<number>();
  private failure: { as: UpstreamFailure; afterRequest: number } | undefined;
  private losesNextAnswer = false;

  private constructor(
    private readonly emulate: Emulate,
    private readonly repository: string,
    private readonly proxy: MisbehavingUpstream,
  ) {
    this.service = {
      entityRef: 'component:default/payments',
      title: 'Payments',
      annotations: { [ANNOTATION_PROJECT_SLUG]: repository },
    };
    proxy.always((request, response) => {
      const fails =
        this.failure && this.requests() > this.failure.afterRequest
          ? this.failure.as
          : undefined;
      return (fails ? this.failingAs(fails) : this.passOn)(request, response);
    });
  }

  /** Where the source under test finds the API. */
  get apiBaseUrl(): string {
    return this.proxy.url('').replace(/\/$/, '');
  }

  async stop(): Promise<void> {
    await this.proxy.close();
  }

  get fileRequest() {
    return {
      scopeKey: this.repository,
      container: this.repository,
      labels: ['area/db'],
      priority: null,
    };
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
    const ids: string[] = [];
    for (const { title, improvement } of tickets) {
      const { id, number } = await this.emulate.createIssue(this.repository, {
        title,
        labels: improvement ? ['Improvement'] : [],
      });
      ids.push(this.remember(id, number));
    }
    return ids;
  }

  async close(externalId: string): Promise<void> {
    await this.update(externalId, { state: 'closed' });
  }

  async reopen(externalId: string): Promise<void> {
    await this.update(externalId, { state: 'open' });
  }

  async classify(externalId: string, improvement: boolean): Promise<void> {
    await this.update(externalId, {
      labels: improvement ? ['tech-debt'] : ['bug'],
    });
  }

  async delete(externalId: string): Promise<void> {
    this.hidden.add(this.numberOf(externalId));
  }

  async createNoise(): Promise<void> {
    const [id] = await this.create({ title: 'A change', improvement: true });
    this.pullRequests.add(this.numberOf(id));
  }

  async createUnindexed(ticket: { title: string; improvement: boolean }) {
    const [externalId] = await this.create(ticket);
    const number = this.numberOf(externalId);
    this.hidden.add(number);
    return {
      externalId,
      index: async () => {
        this.hidden.delete(number);
      },
    };
  }

  async eventOf(externalId: string): Promise<EventParams> {
    const number = this.numberOf(externalId);
    return issueEvent({
      repository: {
        full_name: this.repository,
        html_url: `https://github.com/${this.repository}`,
      },
      issue: await this.emulate.call(
        'GET',
        `/repos/${this.repository}/issues/${number}`,
      ),
    });
  }

  async loseNextAnswer(): Promise<void> {
    this.losesNextAnswer = true;
  }

  private remember(id: number, number: number): string {
    const externalId = `${this.repository}:${id}`;
    this.numbers.set(externalId, number);
    return externalId;
  }

  private numberOf(externalId: string): number {
    const number = this.numbers.get(externalId);
    if (number === undefined) throw new Error(`No issue ${externalId}`);
    return number;
  }

  private async update(
    externalId: string,
    patch: Parameters<Emulate['updateIssue']>[2],
  ): Promise<void> {
    const number = this.numberOf(externalId);
    await this.emulate.updateIssue(this.repository, number, patch);
  }

  private failingAs(failure: UpstreamFailure): Behaviour {
    switch (failure) {
      case 'unauthorized':
        return json({ message: 'Bad credentials' }, { status: 401 });
      case 'forbidden':
        return json(
          { message: 'Resource not accessible by personal access token' },
          { status: 403, headers: { 'x-ratelimit-remaining': '4711' } },
        );
      case 'not-found':
        return json({ message: 'Not Found' }, { status: 404 });
      case 'rate-limited':
        return json(
          { message: 'API rate limit exceeded for user ID 1.' },
          {
            status: 403,
            headers: {
              'x-ratelimit-remaining': '0',
              'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 1),
            },
          },
        );
      case 'html':
        return html();
      case 'truncated':
        return truncatedJson([{ id: 1, number: 1, title: 'Rotate the keys' }]);
      case 'wrong-shape':
        return json({ issues: [] });
      case 'down':
        return reset();
      case 'silent':
        return silence();
      case 'empty-without-rights':
        // GitHub is not known to do so; a list is no proof in any case.
        return (request, response) =>
          request.url.pathname.endsWith('/issues')
            ? json([])(request, response)
            : json({ message: 'Bad credentials' }, { status: 401 })(
                request,
                response,
              );
      default:
        throw new Error(`Cannot fail as ${failure satisfies never}`);
    }
  }

  private readonly passOn: Behaviour = async (request, response) => {
    const answer = await ask(this.emulate.url, request);
    if (this.losesNextAnswer && request.method === 'POST') {
      this.losesNextAnswer = false;
      await reset()(request, response);
      return;
    }
    const body = JSON.parse(answer.body);
    if (this.isHidden(body)) {
      const gone = { message: 'This issue was deleted' };
      await json(gone, { status: 410 })(request, response);
      return;
    }
    const changed = Array.isArray(body) ? this.doctored(body) : body;
    await relay({ ...answer, body: JSON.stringify(changed) })(
      request,
      response,
    );
  };

  private isHidden({ number }: { number?: number }): boolean {
    return number !== undefined && this.hidden.has(number);
  }

  private doctored(issues: { number: number }[]) {
    return issues
      .filter(({ number }) => !this.hidden.has(number))
      .map(issue => ({
        ...issue,
        ...(this.pullRequests.has(issue.number) && {
          pull_request: { url: 'https://api.github.com/repos/acme/pulls/1' },
        }),
      }));
  }
}
