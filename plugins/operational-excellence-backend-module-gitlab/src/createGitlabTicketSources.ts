import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  getGitLabRequestOptions,
  ScmIntegrations,
} from '@backstage/integration';
import {
  UpstreamClient,
  UpstreamClientOptions,
} from 'backstage-plugin-operational-excellence-node';
import { createHostRule } from './annotations';
import { GitlabApi, retryAt } from './api';
import { readGitlabSourcesConfig, SOURCES_KEY } from './config';
import { GitlabTicketSource } from './GitlabTicketSource';

const HEADERS = { 'user-agent': 'backstage-plugin-operational-excellence' };

/** One ticket source for each configured GitLab instance. */
export function createGitlabTicketSources(options: {
  config: Config;
  logger: LoggerService;
  createClient: (options: UpstreamClientOptions) => UpstreamClient;
}): GitlabTicketSource[] {
  const { config, logger, createClient } = options;
  const integrations = ScmIntegrations.fromConfig(config);
  const sources = readGitlabSourcesConfig(config, integrations);
  if (sources.length === 0) {
    logger.info(
      `No GitLab issues are read: ${SOURCES_KEY} names no host. Add one, such as { host: gitlab.com, improvement: { labels: [improvement] } }, or remove the module`,
    );
  }
  const hostOf = createHostRule({
    hosts: sources.map(({ host }) => host),
    knownHosts: integrations.gitlab.list().map(({ config: { host } }) => host),
  });

  return sources.map(source => {
    const id = `gitlab:${source.host}`;
    const { headers } = getGitLabRequestOptions(source.integration);
    const client = createClient({
      source: id,
      logger,
      headers: async () => ({ ...HEADERS, ...headers }),
      retryAt,
    });
    const api = GitlabApi.create({
      sourceId: id,
      host: source.host,
      apiBaseUrl: source.apiBaseUrl,
      hasToken: Boolean(source.integration.token),
      client,
    });
    return GitlabTicketSource.create({
      id,
      config: source,
      hostOf,
      api,
      logger,
    });
  });
}
