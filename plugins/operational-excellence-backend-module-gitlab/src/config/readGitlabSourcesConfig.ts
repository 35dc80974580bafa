import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  GitLabIntegrationConfig,
  ScmIntegrations,
} from '@backstage/integration';
import {
  readIsoDuration,
  readNames,
  readSourceSchedule,
  SourceSchedule,
  webUrl,
} from 'backstage-plugin-operational-excellence-node';

/** Where the instances are configured. */
export const SOURCES_KEY = 'operationalExcellence.sources.gitlab';

/**
 * Which issues count as improvements, and which open ones as work under way.
 * Labels and issue types are compared without regard to case.
 */
export interface IssueRules {
  improvement: { labels: string[]; issueTypes: string[] };
  inProgress: { labels: string[] };
}

/** A webhook that a GitLab instance sends to the portal. */
export interface WebhookConfig {
  /** The host of the instance. */
  host: string;
  /** The topic that its events are published under. */
  topic: string;
  /** What GitLab sends as `X-Gitlab-Token`. */
  secret: string;
}

/** One entry of `operationalExcellence.sources.gitlab`. */
export interface GitlabSourceConfig {
  /** The host of the projects' pages, such as `gitlab.com`. */
  host: string;
  /** The address of the projects' pages, without a trailing slash. */
  baseUrl: string;
  /** Without a trailing slash. */
  apiBaseUrl: string;
  integration: GitLabIntegrationConfig;
  rules: IssueRules;
  schedule: SourceSchedule;
  /** How far a read reaches back before the newest change seen. */
  overlapMs: number;
  webhook: WebhookConfig | undefined;
}

const DEFAULT_OVERLAP_MS = 5 * 60_000;

/** With less, a replica of GitLab's database that lags could hide a change for good. */
const LEAST_OVERLAP = { text: 'PT2M', ms: 2 * 60_000 };

/** With less, a secret can be guessed. */
const LEAST_SECRET_LENGTH = 16;

/**
 * Reads `operationalExcellence.sources.gitlab`.
 *
 * @throws InputError that names the full key of a mistake
 */
export function readGitlabSourcesConfig(
  config: Config,
  integrations: ScmIntegrations,
): GitlabSourceConfig[] {
  const sources = entriesOf(config).map(({ entry, key }) =>
    readEntry(entry, key, integrations),
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

/**
 * The webhooks of the instances that have a secret for them.
 *
 * @throws InputError where a secret is too short
 */
export function readWebhooks(config: Config): WebhookConfig[] {
  return entriesOf(config).flatMap(
    ({ entry, key }) => readWebhook(entry, key) ?? [],
  );
}

function entriesOf(config: Config): { entry: Config; key: string }[] {
  return (config.getOptionalConfigArray(SOURCES_KEY) ?? []).map(
    (entry, index) => ({ entry, key: `${SOURCES_KEY}[${index}]` }),
  );
}

function readEntry(
  entry: Config,
  key: string,
  integrations: ScmIntegrations,
): GitlabSourceConfig {
  const host = readHost(entry);
  const integration = integrations.gitlab.byHost(host)?.config;
  if (!integration) {
    throw new InputError(
      `${key}.host is '${host}', but integrations.gitlab has no entry for that host: add one, with its apiBaseUrl and a token`,
    );
  }
  const { baseUrl, apiBaseUrl } = integration;
  for (const url of [baseUrl, apiBaseUrl]) {
    if (!webUrl(url)) {
      throw new InputError(
        `The entry of '${host}' in integrations.gitlab, which ${key} needs, has an address that is no http or https URL; expected for example https://${host}/api/v4 as apiBaseUrl`,
      );
    }
  }
  return {
    host,
    // As addresses are compared with it: without capitals in the host.
    baseUrl: new URL(baseUrl).href.replace(/\/+$/, ''),
    apiBaseUrl,
    integration,
    rules: readRules(entry, key),
    schedule: readSourceSchedule(entry, key),
    overlapMs:
      readIsoDuration(entry, key, 'overlap', LEAST_OVERLAP)?.ms ??
      DEFAULT_OVERLAP_MS,
    webhook: readWebhook(entry, key),
  };
}

function readHost(entry: Config): string {
  return entry.getString('host').toLowerCase();
}

function readWebhook(entry: Config, key: string): WebhookConfig | undefined {
  const secret = entry.getOptionalString('webhookSecret');
  if (secret === undefined) return undefined;
  if (secret.length < LEAST_SECRET_LENGTH) {
    throw new InputError(
      `${key}.webhookSecret is too short; expected at least ${LEAST_SECRET_LENGTH} characters`,
    );
  }
  const host = readHost(entry);
  // It becomes a path, in which a colon has a meaning of its own.
  const topic = `operational-excellence.gitlab.${host.replace(':', '-')}`;
  return { host, topic, secret };
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
  const withComma = [...labels, ...rules.inProgress.labels].find(label =>
    label.includes(','),
  );
  if (withComma !== undefined) {
    throw new InputError(
      `${key} names the label '${withComma}', which GitLab cannot have: labels have no commas. Name each by itself`,
    );
  }
  return rules;
}
