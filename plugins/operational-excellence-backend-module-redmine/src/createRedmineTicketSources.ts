import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  UpstreamClient,
  UpstreamClientOptions,
} from 'backstage-plugin-operational-excellence-node';
import { RedmineApi } from './api';
import { readRedmineSourcesConfig, SOURCES_KEY } from './config';
import { RedmineTicketSource } from './RedmineTicketSource';

/** One ticket source for each configured Redmine. */
export function createRedmineTicketSources(options: {
  config: Config;
  logger: LoggerService;
  createClient: (options: UpstreamClientOptions) => UpstreamClient;
}): RedmineTicketSource[] {
  const { config, logger, createClient } = options;
  const sources = readRedmineSourcesConfig(config);
  if (sources.length === 0) {
    logger.info(
      `No Redmine issues are read: ${SOURCES_KEY} names no instance. Add one, such as { id: acme, baseUrl: https://redmine.example.com, apiKey: ..., improvement: { trackers: [Improvement] } }, or remove the module`,
    );
  }
  const instances = sources.map(({ id }) => id);
  return sources.map(source => {
    const id = `redmine:${source.id}`;
    const api = RedmineApi.create({
      sourceId: id,
      configKey: source.key,
      baseUrl: source.baseUrl,
      apiKey: source.apiKey,
      client: createClient({ source: id, logger }),
    });
    return RedmineTicketSource.create({
      config: source,
      instances,
      api,
      logger,
    });
  });
}
