import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  UpstreamClient,
  UpstreamClientOptions,
} from 'backstage-plugin-operational-excellence-node';
import { createHostRule } from './annotations';
import {
  CredentialsCheck,
  GithubApi,
  GithubCaller,
  isRateLimited,
  retryAt,
} from './api';
import { readGithubSourcesConfig, SOURCES_KEY } from './config';
import { GithubCredentials } from './credentials';
import { FilingAuthors, IssueFiling } from './filing';
import { GithubTicketSource } from './GithubTicketSource';

/** One ticket source for each configured GitHub host. */
export function createGithubTicketSources(options: {
  config: Config;
  logger: LoggerService;
  createClient: (options: UpstreamClientOptions) => UpstreamClient;
}): GithubTicketSource[] {
  const { config, logger, createClient } = options;
  const integrations = ScmIntegrations.fromConfig(config);
  const sources = readGithubSourcesConfig(config, integrations);
  if (sources.length === 0) {
    logger.info(
      `No GitHub issues are read: ${SOURCES_KEY} names no host. Add one, such as { host: github.com, improvement: { labels: [improvement] } }, or remove the module`,
    );
  }
  const hostOf = createHostRule({
    hosts: sources.map(({ host }) => host),
    knownHosts: integrations.github.list().map(({ config: { host } }) => host),
  });

  return sources.map(source => {
    const id = `github:${source.host}`;
    const credentials = GithubCredentials.create({
      sourceId: id,
      integrations,
      integration: source.integration,
    });
    const api = GithubApi.create({
      apiBaseUrl: source.apiBaseUrl,
      credentials,
      caller: GithubCaller.create({
        host: source.host,
        createClient: () =>
          createClient({ source: id, logger, isRateLimited, retryAt }),
      }),
    });
    const credentialsCheck = CredentialsCheck.create({
      sourceId: id,
      host: source.host,
      api,
      credentials,
      logger,
    });
    return GithubTicketSource.create({
      id,
      config: source,
      hostOf,
      api,
      credentialsCheck,
      filing: IssueFiling.create({
        sourceId: id,
        api,
        authors: FilingAuthors.create({ sourceId: id, api, credentials }),
        rules: source.rules,
        logger,
      }),
      logger,
    });
  });
}
