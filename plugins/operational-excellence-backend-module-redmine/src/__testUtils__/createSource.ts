import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { createUpstreamClient } from 'backstage-plugin-operational-excellence-node';
import { createRedmineTicketSources } from '../createRedmineTicketSources';
import { RedmineTicketSource } from '../RedmineTicketSource';

export const API_KEY = '0123456789abcdef0123456789abcdef01234567';

/** Sources of some instances. Their clients give up early. */
export function createSources(
  entries: JsonObject[],
  logger: LoggerService = mockServices.logger.mock(),
): RedmineTicketSource[] {
  return createRedmineTicketSources({
    config: new ConfigReader({
      operationalExcellence: {
        sources: {
          redmine: entries.map(entry => ({
            id: 'acme',
            apiKey: API_KEY,
            improvement: { trackers: ['improvement'] },
            ...entry,
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

/** The source of one instance, `acme`. */
export function createSource(
  entry: JsonObject & { baseUrl: string },
  logger?: LoggerService,
): RedmineTicketSource {
  return createSources([entry], logger)[0];
}
