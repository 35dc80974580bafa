import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { createUpstreamClient } from 'backstage-plugin-operational-excellence-node';
import { createJiraTicketSources } from '../createJiraTicketSources';
import { JiraTicketSource } from '../JiraTicketSource';

/** Sources of some entries. */
export function createSources(...entries: JsonObject[]): JiraTicketSource[] {
  return sourcesOf(entries, 10_000);
}

/** A source of one entry. */
export function createSource(entry: JsonObject): JiraTicketSource {
  return createSources(entry)[0];
}

/** A source of one entry, whose client does not wait for long. */
export function createImpatientSource(entry: JsonObject): JiraTicketSource {
  return sourcesOf([entry], 500)[0];
}

function sourcesOf(
  entries: JsonObject[],
  timeoutMs: number,
): JiraTicketSource[] {
  return createJiraTicketSources({
    config: new ConfigReader({
      operationalExcellence: {
        sources: {
          jira: entries.map((entry, index) => ({
            id: `acme-${index}`,
            improvement: { issueTypes: ['Improvement'], labels: ['tech-debt'] },
            ...entry,
          })),
        },
      },
    }),
    logger: mockServices.logger.mock(),
    createClient: options =>
      createUpstreamClient({
        ...options,
        timeoutMs,
        attempts: 2,
        maxRetryAfterMs: 200,
        backoff: { initialMs: 10, maxMs: 20 },
        circuitBreaker: { failures: 5, retryAfterMs: 200 },
      }),
  });
}
