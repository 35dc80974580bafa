import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readEndpoint,
  readSourceSchedule,
  SourceSchedule,
} from 'backstage-plugin-operational-excellence-node';

/** Where the accounts are configured. */
export const SOURCES_KEY = 'operationalExcellence.sources.awsFis';

/** One entry of `operationalExcellence.sources.awsFis`. */
export interface AwsFisSourceConfig {
  /** The full key of the entry, for messages. */
  key: string;
  accountId: string;
  regions: string[];
  /** Of a FIS-compatible server; AWS's own if left out. */
  endpoint?: URL;
  schedule: SourceSchedule;
  /** The topic of the events service that tells of changes. */
  eventsTopic: string;
}

/** Backstage cannot have a queue for a topic with dots: it is a key of config. */
const DEFAULT_EVENTS_TOPIC = 'aws-fis';

/** From one look at templates and the safety lever to the next. */
const DEFAULT_GUARDRAILS_EVERY = 'PT1H';

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * Reads `operationalExcellence.sources.awsFis`.
 *
 * @throws InputError that names the full key of a mistake
 */
export function readAwsFisSourcesConfig(config: Config): AwsFisSourceConfig[] {
  const entries = config.getOptionalConfigArray(SOURCES_KEY) ?? [];
  const sources = entries.map((entry, index) =>
    readEntry(entry, `${SOURCES_KEY}[${index}]`),
  );
  for (const { key, accountId } of sources) {
    const first = sources.find(other => other.accountId === accountId)!;
    if (first.key !== key) {
      throw new InputError(
        `${key}.accountId is '${accountId}', and so is ${first.key}.accountId: name each account once, with all its regions`,
      );
    }
  }
  return sources;
}

function readEntry(entry: Config, key: string): AwsFisSourceConfig {
  const schedule = readSourceSchedule(entry, key);
  const { reconcileEvery = DEFAULT_GUARDRAILS_EVERY } = schedule;
  return {
    key,
    accountId: readAccountId(entry, key),
    regions: readRegions(entry, key),
    endpoint: readEndpoint(
      entry,
      key,
      'endpoint',
      'http://localhost:7007/api/aws-fis-local',
    ),
    schedule: { ...schedule, reconcileEvery },
    eventsTopic: entry.getOptionalString('eventsTopic') ?? DEFAULT_EVENTS_TOPIC,
  };
}

function readAccountId(entry: Config, key: string): string {
  const accountId = entry.getOptional('accountId');
  // Without quotes, YAML makes a number of it and drops leading zeros.
  if (typeof accountId !== 'string' || !/^\d{12}$/.test(accountId)) {
    throw new InputError(
      `${key}.accountId is ${JSON.stringify(
        accountId,
      )}; expected an AWS account id of 12 digits, in quotes`,
    );
  }
  return accountId;
}

function readRegions(entry: Config, key: string): string[] {
  const regions = entry.getStringArray('regions');
  if (regions.length === 0) {
    throw new InputError(
      `${key}.regions is empty; expected at least one Region such as eu-west-1`,
    );
  }
  regions.forEach((region, index) => {
    if (!REGION.test(region)) {
      throw new InputError(
        `${key}.regions[${index}] is '${region}'; expected an AWS Region such as eu-west-1`,
      );
    }
    if (regions.indexOf(region) !== index) {
      throw new InputError(
        `${key}.regions[${index}] is '${region}', which is named before`,
      );
    }
  });
  return regions;
}
