import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readEndpoint,
  readIsoDuration,
  readNames,
  readSourceSchedule,
  SourceSchedule,
} from 'backstage-plugin-operational-excellence-node';
import { isInstanceName, isProjectIdentifier } from '../annotations';

/** Where the instances are configured. */
export const SOURCES_KEY = 'operationalExcellence.sources.redmine';

/** A custom field, by its number or its name. */
export type FieldName = number | string;

/**
 * Which issues count as improvements, which open ones as work under way, and
 * which field names the service. Names are compared without regard to case.
 */
export interface IssueRules {
  improvement: {
    trackers: string[];
    categories: string[];
    customField: { field: FieldName; values: string[] } | null;
  };
  inProgress: { statuses: string[] };
  entityField: FieldName | null;
}

/** How tickets are filed. */
export interface FilingConfig {
  tracker: string | null;
  project: string | null;
  customFields: { id: number; value: string }[];
  /** Names of Redmine's priorities by the names of ours, in lower case. */
  priorities: Map<string, string>;
  textFormatting: 'markdown' | 'textile';
}

/** One entry of `operationalExcellence.sources.redmine`. */
export interface RedmineSourceConfig {
  /** The full key of the entry, for messages. */
  key: string;
  id: string;
  /** Without a trailing slash. */
  baseUrl: string;
  apiKey: string;
  /** The identifiers of the projects that are read; all if `null`. */
  projects: string[] | null;
  rules: IssueRules;
  filing: FilingConfig;
  schedule: SourceSchedule;
  /** How far a read reaches back before the newest change seen. */
  overlapMs: number;
}

const DEFAULT_OVERLAP_MS = 5 * 60_000;

/** With less, a change that Redmine stores slowly could be missed. */
const LEAST_OVERLAP = { text: 'PT2M', ms: 2 * 60_000 };

/**
 * Reads `operationalExcellence.sources.redmine`.
 *
 * @throws InputError that names the full key of a mistake
 */
export function readRedmineSourcesConfig(
  config: Config,
): RedmineSourceConfig[] {
  const entries = config.getOptionalConfigArray(SOURCES_KEY) ?? [];
  const sources = entries.map((entry, index) =>
    readEntry(entry, `${SOURCES_KEY}[${index}]`),
  );
  sources.forEach(({ id, key }, index) => {
    const first = sources.findIndex(other => other.id === id);
    if (first !== index) {
      throw new InputError(
        `${key}.id is '${id}', and so is ${sources[first].key}.id: give each instance an id of its own`,
      );
    }
  });
  return sources;
}

function readEntry(entry: Config, key: string): RedmineSourceConfig {
  const id = entry.getString('id');
  if (!isInstanceName(id)) {
    throw new InputError(
      `${key}.id is '${id}'; expected letters, digits, dots, dashes and underscores`,
    );
  }
  const rules = readRules(entry, key);
  return {
    key,
    id,
    baseUrl: readBaseUrl(entry, key),
    apiKey: entry.getString('apiKey').trim(),
    projects: readProjects(entry, key),
    rules,
    filing: readFiling(entry, key, rules),
    schedule: readSourceSchedule(entry, key),
    overlapMs:
      readIsoDuration(entry, key, 'overlap', LEAST_OVERLAP)?.ms ??
      DEFAULT_OVERLAP_MS,
  };
}

function readBaseUrl(entry: Config, key: string): string {
  const example = 'https://redmine.example.com';
  const url = readEndpoint(entry, key, 'baseUrl', example);
  if (!url) {
    throw new InputError(
      `${key}.baseUrl is missing; expected such as ${example}`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

function readProjects(entry: Config, key: string): string[] | null {
  if (!entry.has('projects')) return null;
  const projects = readNames(entry, key, 'projects');
  const wrong = projects.find(project => !isProjectIdentifier(project));
  if (wrong !== undefined || projects.length === 0) {
    throw new InputError(
      `${key}.projects ${
        wrong === undefined ? 'is empty' : `has '${wrong}'`
      }; expected identifiers of projects, or no such key at all`,
    );
  }
  return [...new Set(projects)];
}

function readRules(entry: Config, key: string): IssueRules {
  const names = (name: string) => readNames(entry, key, name);
  const improvement = {
    trackers: names('improvement.trackers'),
    categories: names('improvement.categories'),
    customField: readImprovementField(entry, key),
  };
  if (
    improvement.trackers.length + improvement.categories.length === 0 &&
    !improvement.customField
  ) {
    throw new InputError(
      `${key}.improvement names neither trackers nor categories nor a customField, so that no issue would count as an improvement; expected for example { trackers: [Improvement] }`,
    );
  }
  return {
    improvement,
    inProgress: { statuses: names('inProgress.statuses') },
    entityField: readField(entry, key, 'entityField') ?? null,
  };
}

function readImprovementField(entry: Config, key: string) {
  const name = 'improvement.customField';
  if (!entry.has(name)) return null;
  const field = readField(entry, key, `${name}.field`);
  const values = readNames(entry, key, `${name}.values`);
  if (field === undefined || values.length === 0) {
    throw new InputError(
      `${key}.${name} needs a field and values; expected for example { field: Kind, values: [improvement] }`,
    );
  }
  return { field, values };
}

function readField(
  entry: Config,
  key: string,
  name: string,
): FieldName | undefined {
  const value = entry.getOptional(name);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) {
    return value;
  }
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new InputError(
    `${key}.${name} is neither the number nor the name of a custom field`,
  );
}

function readFiling(
  entry: Config,
  key: string,
  { improvement }: IssueRules,
): FilingConfig {
  const file = entry.getOptionalConfig('file');
  const project = file?.getOptionalString('project') ?? null;
  if (project !== null && !isProjectIdentifier(project)) {
    throw new InputError(
      `${key}.file.project is '${project}'; expected the identifier of a project`,
    );
  }
  const textFormatting =
    file?.getOptionalString('textFormatting') ?? 'markdown';
  if (textFormatting !== 'markdown' && textFormatting !== 'textile') {
    throw new InputError(
      `${key}.file.textFormatting is '${textFormatting}'; expected markdown or textile`,
    );
  }
  return {
    tracker:
      file?.getOptionalString('tracker') ?? improvement.trackers[0] ?? null,
    project,
    customFields: readCustomFields(file, key),
    priorities: readPriorities(file),
    textFormatting,
  };
}

function readCustomFields(file: Config | undefined, key: string) {
  const fields = file?.getOptionalConfigArray('customFields') ?? [];
  return fields.map((field, index) => {
    const id = field.getNumber('id');
    if (!Number.isInteger(id) || id < 1) {
      throw new InputError(
        `${key}.file.customFields[${index}].id is ${id}; expected the number of a custom field`,
      );
    }
    return { id, value: field.getString('value') };
  });
}

function readPriorities(file: Config | undefined): Map<string, string> {
  const priorities = file?.getOptionalConfig('priorities');
  return new Map(
    (priorities?.keys() ?? []).map(name => [
      name.toLowerCase(),
      priorities!.getString(name),
    ]),
  );
}
