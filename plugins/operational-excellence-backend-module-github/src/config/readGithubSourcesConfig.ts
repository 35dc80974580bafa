import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  GithubIntegrationConfig,
  ScmIntegrations,
} from '@backstage/integration';
import {
  readIsoDuration,
  readNames,
  readSourceSchedule,
  SourceSchedule,
} from 'backstage-plugin-operational-excellence-node';

/** Where the hosts are configured. */
export const SOURCES_KEY = 'operationalExcellence.sources.github';

/**
 * Which issues count as improvements, and which open ones as work under way.
 * Labels and issue types are compared without regard to case.
 */
export interface IssueRules {
  improvement: { labels: string[]; issueTypes: string[] };
  inProgress: { labels: string[] };
}

/** One entry of `operationalExcellence.sources.github`. */
export interface GithubSourceConfig {
  /** The host of the repositories' pages, such as `github.com`. */
  host: string;
  /** Without a trailing slash. */
  apiBaseUrl: string;
  integration: GithubIntegrationConfig;
  rules: IssueRules;
  schedule: SourceSchedule;
  /** How far a read reaches back before the newest change seen. */
  overlapMs: number;
}

const DEFAULT_OVERLAP_MS = 5 * 60_000;

/** With less, a replica of GitHub that lags could hide a change for good. */
const LEAST_OVERLAP = { text: 'PT2M', ms: 2 * 60_000 };

/**
 * Reads `operationalExcellence.sources.github`.
 *
 * @throws InputError that names the full key of a mistake
 */
export function readGithubSourcesConfig(
  config: Config,
  integrations: ScmIntegrations,
): GithubSourceConfig[] {
  const entries = config.getOptionalConfigArray(SOURCES_KEY) ?? [];
  const sources = entries.map((entry, index) =>
    readEntry(entry, `${SOURCES_KEY}[${index}]`, integrations),
  );
  sources.forEach(({ host }, index) => {
    const first = sources.findIndex(other => other.host === host);
    if (first !== index) {
      throw new InputError(
        `${SOURCES_KEY}[${index}].host is '${host}', and so is ${SOURCES_KEY}[${first}].host: name each host once`,
      );
    }
  });
  return sources;
}

function readEntry(
  entry: Config,
  key: string,
  integrations: ScmIntegrations,
): GithubSourceConfig {
  const host = entry.getString('host').toLowerCase();
  const integration = integrations.github.byHost(host)?.config;
  if (!integration) {
    throw new InputError(
      `${key}.host is '${host}', but integrations.github has no entry for that host: add one, with its apiBaseUrl and a token or apps`,
    );
  }
  return {
    host,
    apiBaseUrl: readApiBaseUrl(integration, key),
    integration,
    rules: readRules(entry, key),
    schedule: readSourceSchedule(entry, key),
    overlapMs:
      readIsoDuration(entry, key, 'overlap', LEAST_OVERLAP)?.ms ??
      DEFAULT_OVERLAP_MS,
  };
}

function readApiBaseUrl(
  { host, apiBaseUrl }: GithubIntegrationConfig,
  key: string,
): string {
  if (!apiBaseUrl) {
    throw new InputError(
      `${key}.host is '${host}', but its entry in integrations.github has no apiBaseUrl; expected for example https://${host}/api/v3`,
    );
  }
  if (
    !URL.canParse(apiBaseUrl) ||
    !/^https?:$/.test(new URL(apiBaseUrl).protocol)
  ) {
    throw new InputError(
      `The apiBaseUrl of '${host}' in integrations.github, which ${key} needs, is '${apiBaseUrl}'; expected an http or https URL such as https://${host}/api/v3`,
    );
  }
  return apiBaseUrl;
}

function readRules(entry: Config, key: string): IssueRules {
  const names = (name: string) => readNames(entry, key, name);
  const rules: IssueRules = {
    improvement: {
      labels: names('improvement.labels'),
      issueTypes: names('improvement.issueTypes'),
    },
    inProgress: { labels: names('inProgress.labels') },
  };
  const { labels, issueTypes } = rules.improvement;
  if (labels.length + issueTypes.length === 0) {
    throw new InputError(
      `${key}.improvement names neither labels nor issueTypes, so that no issue would count as an improvement; expected for example { labels: [improvement] }`,
    );
  }
  return rules;
}
