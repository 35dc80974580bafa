import { JsonObject } from '@backstage/types';
import { Answer } from './JiraApi';
import { JiraHttp } from './JiraHttp';
import {
  componentsSchema,
  createdSchema,
  JiraStatus,
  myselfSchema,
  statusesSchema,
} from './schemas';

/** The calls that both deployments take in the same way. */
export abstract class CommonCalls {
  protected constructor(protected readonly http: JiraHttp) {}

  async provesCredentials(signal: AbortSignal): Promise<Answer<void>> {
    const { requests, rateLimit } = await this.http.ask({
      path: '/myself',
      schema: myselfSchema,
      signal,
    });
    return { value: undefined, requests, rateLimit };
  }

  async statuses(signal: AbortSignal): Promise<Answer<JiraStatus[]>> {
    return this.http.ask({ path: '/status', schema: statusesSchema, signal });
  }

  async components(projectKey: string, signal: AbortSignal) {
    const { value } = await this.http.ask({
      path: `/project/${encodeURIComponent(projectKey)}/components`,
      schema: componentsSchema,
      signal,
    });
    return value;
  }

  async create(fields: JsonObject, signal: AbortSignal) {
    const { value } = await this.http.ask({
      method: 'POST',
      path: '/issue',
      body: { fields },
      schema: createdSchema,
      signal,
    });
    return value;
  }
}
