import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { createUpstreamClient } from 'backstage-plugin-operational-excellence-node';
import { createGitlabTicketSources } from '../createGitlabTicketSources';
import { GitlabTicketSource } from '../GitlabTicketSource';

export const TOKEN = 'glpat-0123456789abcdefghij';

/** An instance, and what it differs in from the usual one. */
export interface SourceOptions {
  host?: string;
  /** The address of its pages. */
  baseUrl: string;
  /** None if it is `null`. */
  token?: string | null;
  /** Beside `host`. */
  source?: JsonObject;
}

/** Sources of several instances in one portal. Their clients give up early. */
export function createSources(
  instances: SourceOptions[],
  logger: LoggerService = mockServices.logger.mock(),
): GitlabTicketSource[] {
  return createGitlabTicketSources({
    config: new ConfigReader({
      integrations: {
        gitlab: instances.map(
          ({ host = 'gitlab.example.com', baseUrl, token = TOKEN }) => ({
            host,
            baseUrl,
            apiBaseUrl: `${baseUrl}/api/v4`,
            ...(token !== null && { token }),
          }),
        ),
      },
      operationalExcellence: {
        sources: {
          gitlab: instances.map(({ host = 'gitlab.example.com', source }) => ({
            host,
            improvement: { labels: ['improvement', 'tech-debt'] },
            ...source,
          })),
        },
      },
    }),
    logger,
    createClient: clientOptions =>
      createUpstreamClient({
        ...clientOptions,
        timeoutMs: 500,
        attempts: 2,
        maxRetryAfterMs: 200,
        backoff: { initialMs: 10, maxMs: 20 },
        circuitBreaker: { failures: 5, retryAfterMs: 200 },
      }),
  });
}

/** A source of one instance. */
export function createSource(
  options: SourceOptions,
  logger?: LoggerService,
): GitlabTicketSource {
  return createSources([options], logger)[0];
}
