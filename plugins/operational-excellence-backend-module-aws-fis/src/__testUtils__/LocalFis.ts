import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import awsFisLocal, {
  signFisRequest,
} from 'backstage-plugin-aws-fis-local-backend';
import { EventParams } from '@backstage/plugin-events-node';
import {
  ANNOTATION_FIS_TAGS,
  ANNOTATION_FIS_TEMPLATE_IDS,
} from 'backstage-plugin-operational-excellence-common';
import {
  Behaviour,
  ExperimentUpstreamDriver,
  MisbehavingUpstream,
  passOn,
  UpstreamFailure,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { FAILURES } from './failures';

export const CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const REGION = 'eu-west-1';

/** A minute takes a second. */
const TIME_SCALE = 60;
const UNTIL_RUNNING_MS = 6_000 / TIME_SCALE;
const ACTION_MS = 60_000 / TIME_SCALE;
const STOPPING_MS = 2_000 / TIME_SCALE;

type Database = Awaited<ReturnType<TestDatabases['init']>>;

/**
 * The local FIS endpoint, in a real backend, behind a proxy that can be made to
 * fail. Needs a clock that can be set.
 */
export class LocalFis implements ExperimentUpstreamDriver {
  readonly pageSize = 3;
  readonly secrets = [CREDENTIALS.secretAccessKey];
  readonly service = {
    entityRef: 'component:default/payments',
    title: 'Payments',
    annotations: {
      [ANNOTATION_FIS_TEMPLATE_IDS]: 'EXT8wWxM2G3TYn3K, EXTabc',
      [ANNOTATION_FIS_TAGS]: 'Service=payments,Env=staging;Service=checkout',
    },
  };
  readonly malformedAnnotations: Record<string, string>[] = [
    { [ANNOTATION_FIS_TEMPLATE_IDS]: '' },
    { [ANNOTATION_FIS_TEMPLATE_IDS]: 'EXT1,,EXT2' },
    { [ANNOTATION_FIS_TEMPLATE_IDS]: "EXT1' or 1=1" },
    { [ANNOTATION_FIS_TAGS]: 'payments' },
    { [ANNOTATION_FIS_TAGS]: '=payments' },
    { [ANNOTATION_FIS_TAGS]: 'Service=a;' },
    { [ANNOTATION_FIS_TAGS]: 'Service=a,Service=b' },
  ];
  readonly unrelatedEvents = [
    stateChange('EXP8wWxM2G3TYn3K', { account: '210987654321' }),
    stateChange('EXP8wWxM2G3TYn3K', { region: 'eu-central-1' }),
    stateChange('EXP8wWxM2G3TYn3K', { 'detail-type': 'FIS Safety Lever' }),
    // Of an event bus with a rule that sends more than experiments.
    stateChange('i-12a3b4c56d78e9012', { source: 'aws.ec2' }),
  ];
  readonly malformedEvents = [
    stateChange('../experimentTemplates'),
    stateChange('x'.repeat(65)),
    stateChange('EXP8wWxM2G3TYn3K', { account: 123456789012 }),
    stateChange('EXP8wWxM2G3TYn3K', { region: null }),
    stateChange('EXP8wWxM2G3TYn3K', { detail: 'none' }),
    // As SNS wraps it where its raw delivery is off.
    {
      topic: 'aws-fis',
      eventPayload: { Type: 'Notification', Message: '{"source":"aws.fis"}' },
    },
  ];
  readonly #backendUrl: string;
  readonly #proxy: MisbehavingUpstream;
  readonly #db: Database;
  readonly #forward: Behaviour;
  readonly #stop: () => Promise<void>;
  #templateId = '';

  static async start(db: Database): Promise<LocalFis> {
    const backend = await startTestBackend({
      features: [
        awsFisLocal,
        mockServices.database.mock({ getClient: async () => db }).factory,
        mockServices.rootConfig.factory({
          data: {
            awsFisLocal: {
              timeScale: TIME_SCALE,
              quotas: { activeExperiments: 1000 },
            },
          },
        }),
      ],
    });
    const fis = new LocalFis(
      `http://localhost:${backend.server.port()}`,
      await MisbehavingUpstream.start(),
      db,
      () => backend.stop(),
    );
    await fis.heal();
    await fis.createTemplate();
    return fis;
  }

  private constructor(
    backendUrl: string,
    proxy: MisbehavingUpstream,
    db: Database,
    stop: () => Promise<void>,
  ) {
    this.#backendUrl = backendUrl;
    this.#forward = passOn(backendUrl);
    this.#proxy = proxy;
    this.#db = db;
    this.#stop = stop;
  }

  /** What a source is given as its endpoint. */
  get endpoint(): string {
    return this.#proxy.url('/api/aws-fis-local');
  }

  get templateId(): string {
    return this.#templateId;
  }

  async close(): Promise<void> {
    await this.#proxy.close();
    await this.#stop();
  }

  async createTemplate(tags: Record<string, string> = {}): Promise<string> {
    const { experimentTemplate } = await this.call<{
      experimentTemplate: { id: string };
    }>('POST', '/experimentTemplates', {
      clientToken: `template-${Math.random()}`,
      description: 'Loss of an Availability Zone',
      roleArn: 'arn:aws:iam::123456789012:role/fis',
      stopConditions: [{ source: 'none' }],
      actions: {
        wait: { actionId: 'aws:fis:wait', parameters: { duration: 'PT1M' } },
      },
      tags,
    });
    this.#templateId = experimentTemplate.id;
    return this.#templateId;
  }

  async start({
    tags,
    dryRun,
  }: {
    tags: Record<string, string>;
    dryRun: boolean;
  }): Promise<string> {
    const { experiment } = await this.call<{ experiment: { id: string } }>(
      'POST',
      '/experiments',
      {
        clientToken: `experiment-${Math.random()}`,
        experimentTemplateId: this.#templateId,
        experimentOptions: { actionsMode: dryRun ? 'skip-all' : 'run-all' },
        tags,
      },
    );
    passTime(UNTIL_RUNNING_MS);
    return experiment.id;
  }

  async end(id: string, state: 'completed' | 'stopped'): Promise<void> {
    if (state === 'completed') {
      passTime(ACTION_MS);
    } else {
      await this.call('DELETE', `/experiments/${id}`);
      passTime(STOPPING_MS);
    }
  }

  async eventOf(id: string): Promise<EventParams> {
    return stateChange(id);
  }

  async endUnstarted(): Promise<string> {
    await this.#setSafetyLever('engaged');
    const id = await this.start({ tags: {}, dryRun: false });
    await this.#setSafetyLever('disengaged');
    return id;
  }

  async tag(id: string, tags: Record<string, string>): Promise<void> {
    await this.#tag('experiment', id, tags);
  }

  async tagTemplate(id: string, tags: Record<string, string>): Promise<void> {
    await this.#tag('experiment-template', id, tags);
  }

  async forget(id: string): Promise<void> {
    await this.#db('experiments').where({ id }).delete();
  }

  readsOf(id: string): number {
    return this.#proxy.received.filter(({ url }) =>
      url.pathname.endsWith(`/experiments/${id}`),
    ).length;
  }

  requests(): number {
    return this.#proxy.received.length;
  }

  async fail(
    failure: UpstreamFailure,
    { afterRequests = 0 }: { afterRequests?: number } = {},
  ): Promise<void> {
    this.#proxy
      .always(FAILURES[failure])
      .next(...Array(afterRequests).fill(this.#forward));
  }

  async heal(): Promise<void> {
    this.#proxy.always(this.#forward);
  }

  /** Calls the endpoint itself, as other clients of AWS do. */
  async call<T>(method: string, path: string, json?: object): Promise<T> {
    const url = new URL(`${this.#backendUrl}/api/aws-fis-local${path}`);
    const body = json && JSON.stringify(json);
    const headers = await signFisRequest({
      method,
      url,
      body,
      region: REGION,
      credentials: CREDENTIALS,
    });
    const response = await fetch(url, { method, headers, body });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${await response.text()}`);
    }
    return await response.json();
  }

  async #setSafetyLever(status: 'engaged' | 'disengaged'): Promise<void> {
    await this.call('PATCH', '/safetyLevers/default/state', {
      state: { status, reason: 'A test' },
    });
  }

  async #tag(type: string, id: string, tags: Record<string, string>) {
    const arn = `arn:aws:fis:${REGION}:123456789012:${type}/${id}`;
    await this.call('POST', `/tags/${encodeURIComponent(arn)}`, { tags });
  }
}

/** An event as the SQS events module publishes it: what EventBridge sent, parsed. */
function stateChange(experimentId: string, changes: object = {}): EventParams {
  return {
    topic: 'aws-fis',
    eventPayload: {
      version: '0',
      id: '12345678-1234-1234-1234-123456789012',
      'detail-type': 'FIS Experiment State Change',
      source: 'aws.fis',
      account: '123456789012',
      time: '2026-01-01T00:00:00Z',
      region: REGION,
      resources: [],
      detail: {
        'experiment-id': experimentId,
        'experiment-template-id': 'EXT8wWxM2G3TYn3K',
        'new-state': { status: 'running', reason: 'Experiment is running.' },
        'old-state': { status: 'initiating', reason: 'Resolving targets.' },
      },
      ...changes,
    },
  };
}

function passTime(ms: number): void {
  jest.setSystemTime(Date.now() + ms);
}

/**
 * Makes the clock one that can be set, and that goes on by itself; timers stay
 * real.
 */
export function useSettableClock(): void {
  beforeAll(() => {
    jest.useFakeTimers({
      advanceTimers: true,
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
        'setTimeout',
        'clearTimeout',
      ],
    });
  });
  afterAll(() => {
    jest.useRealTimers();
  });
}
