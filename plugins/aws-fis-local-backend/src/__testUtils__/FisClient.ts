import { FisRequestCredentials, signFisRequest } from '../sigv4';

export interface FisAnswer<T> {
  status: number;
  errorType: string | null;
  body: T;
}

export interface ExperimentAnswer {
  id: string;
  arn: string;
  state: { status: string; reason: string };
  creationTime: number;
  startTime?: number;
  endTime?: number;
  actions: Record<
    string,
    { state: { status: string }; startTime?: number; endTime?: number }
  >;
}

/** Calls an endpoint as any client of AWS does. */
export class FisClient {
  private readonly baseUrl: string;
  private readonly credentials: FisRequestCredentials;
  private readonly region: string;
  private readonly now: () => number;

  constructor(options: {
    baseUrl: string;
    credentials?: FisRequestCredentials;
    region?: string;
    now?: () => number;
  }) {
    this.baseUrl = options.baseUrl;
    this.credentials = options.credentials ?? {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    };
    this.region = options.region ?? 'eu-west-1';
    this.now = options.now ?? Date.now;
  }

  async call<T = unknown>(
    method: string,
    path: string,
    json?: object,
  ): Promise<FisAnswer<T>> {
    const url = new URL(`${this.baseUrl}${path}`);
    const body = json && JSON.stringify(json);
    const headers = await signFisRequest({
      method,
      url,
      body,
      region: this.region,
      credentials: this.credentials,
      signingDate: new Date(this.now()),
    });
    const response = await fetch(url, { method, headers, body });
    return {
      status: response.status,
      errorType: response.headers.get('x-amzn-errortype'),
      body: await response.json(),
    };
  }

  /** Calls, and fails the test where the answer is an error. */
  async ok<T = unknown>(
    method: string,
    path: string,
    json?: object,
  ): Promise<T> {
    const { status, body } = await this.call<T>(method, path, json);
    if (status !== 200) {
      throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    }
    return body;
  }

  async createTemplate(changes: object = {}): Promise<string> {
    const { experimentTemplate } = await this.ok<{
      experimentTemplate: { id: string };
    }>('POST', '/experimentTemplates', templateRequest(changes));
    return experimentTemplate.id;
  }

  async start(
    experimentTemplateId: string,
    changes: object = {},
  ): Promise<ExperimentAnswer> {
    const { experiment } = await this.ok<{ experiment: ExperimentAnswer }>(
      'POST',
      '/experiments',
      { clientToken: uniqueToken(), experimentTemplateId, ...changes },
    );
    return experiment;
  }

  async experiment(id: string): Promise<ExperimentAnswer> {
    const { experiment } = await this.ok<{ experiment: ExperimentAnswer }>(
      'GET',
      `/experiments/${id}`,
    );
    return experiment;
  }
}

let tokens = 0;

export function uniqueToken(): string {
  tokens += 1;
  return `token-${tokens}`;
}

/** Two actions of a minute each, one after the other. */
export function templateRequest(changes: object = {}) {
  return {
    clientToken: uniqueToken(),
    description: 'Loss of an Availability Zone',
    roleArn: 'arn:aws:iam::123456789012:role/fis',
    stopConditions: [{ source: 'none' }],
    targets: {
      subnets: {
        resourceType: 'aws:ec2:subnet',
        resourceTags: { zone: 'a' },
        selectionMode: 'ALL',
      },
    },
    actions: {
      first: { actionId: 'aws:fis:wait', parameters: { duration: 'PT1M' } },
      second: {
        actionId: 'aws:network:disrupt-connectivity',
        parameters: { duration: 'PT1M', scope: 'all' },
        targets: { Subnets: 'subnets' },
        startAfter: ['first'],
      },
    },
    ...changes,
  };
}
