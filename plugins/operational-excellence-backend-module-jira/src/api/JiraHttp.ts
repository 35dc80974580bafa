import {
  UpstreamClient,
  UpstreamError,
  UpstreamRequest,
  UpstreamResponse,
} from 'backstage-plugin-operational-excellence-node';
import { JiraSourceConfig } from '../config';
import { explain } from './explain';
import { Answer } from './JiraApi';
import { rateLimitOf } from './rateLimits';

const HEADERS = {
  accept: 'application/json',
  'user-agent': 'backstage-plugin-operational-excellence',
  // Data Center takes some POSTs for forged without it.
  'x-atlassian-token': 'no-check',
};

/** Calls of one instance with its credentials. */
export class JiraHttp {
  static create(options: {
    config: JiraSourceConfig;
    sourceId: string;
    client: UpstreamClient;
  }): JiraHttp {
    const { config, sourceId, client } = options;
    return new JiraHttp(config, sourceId, client);
  }

  private constructor(
    private readonly config: JiraSourceConfig,
    private readonly sourceId: string,
    private readonly client: UpstreamClient,
  ) {}

  /**
   * @param request - `path` below the address of the API
   * @throws UpstreamError
   */
  async ask<T>(
    request: Omit<UpstreamRequest<T>, 'url' | 'headers'> & { path: string },
  ): Promise<Answer<T> & { status: number }> {
    const { path, ...rest } = request;
    const response = await this.request({
      ...rest,
      url: `${this.config.apiUrl}${path}`,
      headers: { ...HEADERS, authorization: this.config.authorization },
    });
    return {
      value: response.body,
      status: response.status,
      requests: response.requests,
      rateLimit: rateLimitOf(response.headers, Date.now()),
    };
  }

  /** An answer that is not what the protocol promises. */
  invalid(operation: string, detail: string): UpstreamError {
    return new UpstreamError({
      kind: 'invalid-response',
      source: this.sourceId,
      operation,
      detail,
    });
  }

  private async request<T>(
    request: UpstreamRequest<T>,
  ): Promise<UpstreamResponse<T>> {
    try {
      return await this.client.request(request);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      throw explain(error, this.config);
    }
  }
}
