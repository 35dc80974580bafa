import { FisRequestCredentials, signFisRequest } from '../sigv4';

export interface FisAnswer {
  status: number;
  headers: Headers;
  // The tests look at whatever the endpoint answers.
  body: Record<string, any>;
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

  async call(method: string, path: string, json?: unknown): Promise<FisAnswer> {
    const url = new URL(`${this.baseUrl}${path}`);
    const body = json === undefined ? undefined : JSON.stringify(json);
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
      headers: response.headers,
      body: await response.json(),
    };
  }

  /** Calls, and fails the test where the answer is an error. */
  async ok(method: string, path: string, json?: unknown) {
    const { status, body } = await this.call(method, path, json);
    if (status !== 200) {
      throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    }
    return body;
  }
}
