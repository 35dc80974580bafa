import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import {
  readEndpoint,
  readIsoDuration,
  readNames,
  readSourceSchedule,
  SourceSchedule,
} from 'backstage-plugin-operational-excellence-node';

/** Where the instances are configured. */
export const SOURCES_KEY = 'operationalExcellence.sources.jira';

/** Which issues count as improvements; compared without regard to case. */
export interface ImprovementRules {
  issueTypes: string[];
  labels: string[];
}

/** How tickets are filed. */
export interface FileConfig {
  issueType: string;
  /** Values of further fields, by field id, as the API takes them. */
  fields: Record<string, JsonValue>;
  /** Names of priorities in Jira, by the names that requests use. */
  priorities: Record<string, string>;
  /** Where tickets of services with a query of their own go. */
  project: string | undefined;
}

/** One entry of `operationalExcellence.sources.jira`. */
export interface JiraSourceConfig {
  /** Full key of the entry, for messages. */
  key: string;
  /** Names the instance, also in annotations. */
  id: string;
  /** Where people find issues; without a trailing slash. */
  baseUrl: string;
  deployment: 'cloud' | 'data-center';
  /** The REST API, without a trailing slash. */
  apiUrl: string;
  /** The value of the `Authorization` header. */
  authorization: string;
  isDefault: boolean;
  improvement: ImprovementRules;
  schedule: SourceSchedule;
  /** How far a read reaches back before the newest change seen. */
  overlapMs: number;
  /** Into how many scopes the projects are batched. */
  batches: number;
  /** Whether annotations may hold queries. */
  entityQueries: boolean;
  file: FileConfig;
  webhookSecret: string | undefined;
}

const DEFAULT_OVERLAP_MS = 15 * 60_000;
/** With less, an index that lags could hide a change for good. */
const LEAST_OVERLAP = { text: 'PT10M', ms: 10 * 60_000 };
const DEFAULT_BATCHES = 8;
const MOST_BATCHES = 100;
const GATEWAY = 'https://api.atlassian.com/ex/jira';
const INSTANCE_ID = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/**
 * Reads `operationalExcellence.sources.jira`.
 *
 * @throws InputError that names the full key of a mistake
 */
export function readJiraSourcesConfig(config: Config): JiraSourceConfig[] {
  const entries = config.getOptionalConfigArray(SOURCES_KEY) ?? [];
  const sources = entries.map((entry, index) =>
    readEntry(entry, `${SOURCES_KEY}[${index}]`),
  );
  for (const [index, { id, key }] of sources.entries()) {
    const first = sources.findIndex(other => other.id === id);
    if (first !== index) {
      throw new InputError(
        `${key}.id is '${id}', and so is ${sources[first].key}.id: give each instance its own`,
      );
    }
  }
  const defaults = sources.filter(({ isDefault }) => isDefault);
  if (defaults.length > 1) {
    throw new InputError(
      `${defaults[1].key}.default is true, and so is ${defaults[0].key}.default: only one instance can be the default`,
    );
  }
  if (defaults.length === 0 && sources.length > 0) sources[0].isDefault = true;
  return sources;
}

function readEntry(entry: Config, key: string): JiraSourceConfig {
  const id = entry.getString('id');
  if (!INSTANCE_ID.test(id)) {
    throw new InputError(
      `${key}.id is '${id}'; expected lower-case letters, digits, '.', '_' and '-', such as acme`,
    );
  }
  entry.getString('baseUrl');
  const baseUrl = readEndpoint(
    entry,
    key,
    'baseUrl',
    'https://acme.atlassian.net',
  )!;
  const deployment = readDeployment(entry, key, baseUrl);
  return {
    key,
    id,
    baseUrl: withoutSlash(baseUrl),
    deployment,
    apiUrl: readApiUrl(entry, key, { baseUrl, deployment }),
    authorization: readAuthorization(entry, key, deployment),
    isDefault: entry.getOptionalBoolean('default') ?? false,
    improvement: readImprovement(entry, key),
    schedule: readSourceSchedule(entry, key),
    overlapMs:
      readIsoDuration(entry, key, 'overlap', LEAST_OVERLAP)?.ms ??
      DEFAULT_OVERLAP_MS,
    batches: readBatches(entry, key),
    entityQueries: entry.getOptionalBoolean('entityQueries') ?? false,
    file: readFile(entry, key),
    webhookSecret: readWebhookSecret(entry, key),
  };
}

function readDeployment(
  entry: Config,
  key: string,
  baseUrl: URL,
): JiraSourceConfig['deployment'] {
  const text = entry.getOptionalString('deployment');
  if (text === 'cloud' || text === 'data-center') return text;
  if (text !== undefined) {
    throw new InputError(
      `${key}.deployment is '${text}'; expected cloud or data-center`,
    );
  }
  return /\.(atlassian\.net|jira\.com)$/.test(baseUrl.hostname)
    ? 'cloud'
    : 'data-center';
}

function readApiUrl(
  entry: Config,
  key: string,
  {
    baseUrl,
    deployment,
  }: { baseUrl: URL; deployment: JiraSourceConfig['deployment'] },
): string {
  const apiUrl = readEndpoint(
    entry,
    key,
    'apiUrl',
    `${GATEWAY}/11111111-2222-3333-4444-555555555555`,
  );
  const cloudId = entry.getOptionalString('cloudId');
  if (cloudId !== undefined) {
    if (apiUrl || deployment !== 'cloud') {
      throw new InputError(
        `${key}.cloudId names a Cloud site at ${GATEWAY}; it goes neither with apiUrl nor with Data Center`,
      );
    }
    if (!/^[\w-]{1,64}$/.test(cloudId)) {
      throw new InputError(
        `${key}.cloudId is '${cloudId}'; expected the id that https://<site>.atlassian.net/_edge/tenant_info tells`,
      );
    }
  }
  const root = cloudId
    ? `${GATEWAY}/${cloudId}`
    : withoutSlash(apiUrl ?? baseUrl);
  return `${root}/rest/api/${deployment === 'cloud' ? 3 : 2}`;
}

function readAuthorization(
  entry: Config,
  key: string,
  deployment: JiraSourceConfig['deployment'],
): string {
  const email = entry.getOptionalString('email');
  const apiToken = entry.getOptionalString('apiToken');
  const token = entry.getOptionalString('token');
  if (token !== undefined && apiToken === undefined && email === undefined) {
    return `Bearer ${token}`;
  }
  if (email !== undefined && apiToken !== undefined && token === undefined) {
    return `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;
  }
  throw new InputError(
    deployment === 'cloud'
      ? `${key} needs credentials: email and apiToken of a Cloud account, or token alone for a bearer token`
      : `${key} needs credentials: token, a personal access token of Data Center`,
  );
}

function readImprovement(entry: Config, key: string): ImprovementRules {
  const rules = {
    issueTypes: readNames(entry, key, 'improvement.issueTypes'),
    labels: readNames(entry, key, 'improvement.labels'),
  };
  if (rules.issueTypes.length + rules.labels.length === 0) {
    throw new InputError(
      `${key}.improvement names neither issueTypes nor labels, so that no issue would count as an improvement; expected for example { issueTypes: [Improvement] }`,
    );
  }
  return rules;
}

function readBatches(entry: Config, key: string): number {
  const batches = entry.getOptionalNumber('batches') ?? DEFAULT_BATCHES;
  if (!Number.isInteger(batches) || batches < 1 || batches > MOST_BATCHES) {
    throw new InputError(
      `${key}.batches is ${batches}; expected a whole number from 1 to ${MOST_BATCHES}`,
    );
  }
  return batches;
}

function readFile(entry: Config, key: string): FileConfig {
  const file = entry.getOptionalConfig('file');
  const fields = file?.getOptional<JsonValue>('fields') ?? {};
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new InputError(
      `${key}.file.fields is not an object; expected values by field id, such as { customfield_10042: { value: Platform } }`,
    );
  }
  const priorities = file?.getOptionalConfig('priorities');
  const project = file?.getOptionalString('project')?.toUpperCase();
  if (project !== undefined && !/^[A-Z][A-Z0-9_]+$/.test(project)) {
    throw new InputError(
      `${key}.file.project is '${project}'; expected the key of a project, such as OPS`,
    );
  }
  return {
    issueType:
      file?.getOptionalString('issueType') ??
      readNames(entry, key, 'improvement.issueTypes')[0] ??
      'Task',
    fields: Object.fromEntries(
      Object.entries(fields).filter(
        (field): field is [string, JsonValue] => field[1] !== undefined,
      ),
    ),
    priorities: Object.fromEntries(
      (priorities?.keys() ?? []).map(name => [
        name.toLowerCase(),
        priorities!.getString(name),
      ]),
    ),
    project,
  };
}

const LEAST_SECRET_LENGTH = 8;

function readWebhookSecret(entry: Config, key: string): string | undefined {
  const secret = entry.getOptionalString('webhookSecret');
  if (secret !== undefined && secret.length < LEAST_SECRET_LENGTH) {
    throw new InputError(
      `${key}.webhookSecret is too short to prove anything; expected at least ${LEAST_SECRET_LENGTH} characters`,
    );
  }
  return secret;
}

function withoutSlash(url: URL): string {
  return url.href.replace(/\/+$/, '');
}
