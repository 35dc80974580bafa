import { DiscoveryService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ResponseError } from '@backstage/errors';
import {
  FisRequestCredentials,
  signFisRequest,
} from 'backstage-plugin-aws-fis-local-backend';

/** The local FIS endpoint, with one of the access keys that it is configured with. */
export class FisEndpoint {
  readonly accountId: string;
  readonly #credentials: FisRequestCredentials;
  readonly #discovery: DiscoveryService;

  private constructor(options: {
    accountId: string;
    credentials: FisRequestCredentials;
    discovery: DiscoveryService;
  }) {
    this.accountId = options.accountId;
    this.#credentials = options.credentials;
    this.#discovery = options.discovery;
  }

  /** `undefined` where no key is configured, as without the endpoint. */
  static fromConfig(
    config: Config,
    options: { discovery: DiscoveryService },
  ): FisEndpoint | undefined {
    const [key] =
      config.getOptionalConfigArray('awsFisLocal.credentials') ?? [];
    return (
      key &&
      new FisEndpoint({
        accountId: key.getString('accountId'),
        credentials: {
          accessKeyId: key.getString('accessKeyId'),
          secretAccessKey: key.getString('secretAccessKey'),
        },
        discovery: options.discovery,
      })
    );
  }

  async post(region: string, path: string, request: object): Promise<unknown> {
    const baseUrl = await this.#discovery.getBaseUrl('aws-fis-local');
    const url = new URL(`${baseUrl}${path}`);
    const body = JSON.stringify(request);
    const headers = await signFisRequest({
      method: 'POST',
      url,
      body,
      region,
      credentials: this.#credentials,
    });
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}
