import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  UpstreamClient,
  UpstreamClientOptions,
} from 'backstage-plugin-operational-excellence-node';
import { InstanceNames } from './annotations';
import { CloudApi, DataCenterApi, JiraHttp, retryAt } from './api';
import { JiraSourceConfig, readJiraSourcesConfig, SOURCES_KEY } from './config';
import { IssueFiling } from './filing';
import { ScopeReader } from './issues';
import { JiraTicketSource } from './JiraTicketSource';
import { ProjectDirectory } from './projects';

/** On Data Center a page comes with the whole history of its issues. */
const MAX_RESPONSE_BYTES = {
  cloud: 20 * 1024 * 1024,
  'data-center': 50 * 1024 * 1024,
};

interface Environment {
  logger: LoggerService;
  createClient: (options: UpstreamClientOptions) => UpstreamClient;
}

/** One ticket source for each configured Jira instance. */
export function createJiraTicketSources(
  options: Environment & { config: Config },
): JiraTicketSource[] {
  const { config, ...environment } = options;
  const sources = readJiraSourcesConfig(config);
  if (sources.length === 0) {
    environment.logger.info(
      `No Jira issues are read: ${SOURCES_KEY} names no instance. Add one, or remove the module`,
    );
  }
  const instances = {
    ids: sources.map(({ id }) => id),
    defaultId: sources.find(({ isDefault }) => isDefault)?.id ?? '',
  };
  return sources.map(source => createSource(source, instances, environment));
}

function createSource(
  config: JiraSourceConfig,
  instances: InstanceNames,
  { logger, createClient }: Environment,
): JiraTicketSource {
  const id = `jira:${config.id}`;
  const http = JiraHttp.create({
    config,
    sourceId: id,
    client: createClient({
      source: id,
      logger,
      retryAt,
      maxResponseBytes: MAX_RESPONSE_BYTES[config.deployment],
    }),
  });
  const api =
    config.deployment === 'cloud'
      ? CloudApi.create({ http })
      : DataCenterApi.create({ http });
  const projects = ProjectDirectory.create({ api, id: config.id });
  return JiraTicketSource.create({
    id,
    config,
    instances,
    api,
    projects,
    reader: ScopeReader.create({ config, api, projects }),
    filing: IssueFiling.create({ config, sourceId: id, api, projects }),
  });
}
