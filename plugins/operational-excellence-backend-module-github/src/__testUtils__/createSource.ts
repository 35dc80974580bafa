import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { createUpstreamClient } from 'backstage-plugin-operational-excellence-node';
import { createGithubTicketSources } from '../createGithubTicketSources';
import { GithubTicketSource } from '../GithubTicketSource';

/**
 * A source of github.com whose API is at another address. Its client gives up
 * early.
 */
export function createSource(options: {
  apiBaseUrl: string;
  /** Beside `host` and `apiBaseUrl`. */
  integration?: JsonObject;
  /** Beside `host`. */
  source?: JsonObject;
  logger?: LoggerService;
}): GithubTicketSource {
  const { apiBaseUrl, integration, source, logger } = options;
  const [created] = createGithubTicketSources({
    config: new ConfigReader({
      integrations: {
        github: [{ host: 'github.com', apiBaseUrl, ...integration }],
      },
      operationalExcellence: {
        sources: {
          github: [
            {
              host: 'github.com',
              improvement: { labels: ['improvement', 'tech-debt'] },
              ...source,
            },
          ],
        },
      },
    }),
    logger: logger ?? mockServices.logger.mock(),
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
  return created;
}
