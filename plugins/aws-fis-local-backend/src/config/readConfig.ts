import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { Duration } from 'luxon';

/** An access key that callers may sign with, and the account it belongs to. */
export interface Credential {
  accessKeyId: string;
  secretAccessKey: string;
  accountId: string;
  /** IAM actions that it may use, with `*`; all of them if left out. */
  allow?: string[];
}

export interface AwsFisLocalConfig {
  credentials: Credential[];
  /** How many times faster than in AWS experiments run. */
  timeScale: number;
  /** For how long ended experiments are kept, milliseconds. */
  retentionMs: number;
  quotas: { activeExperiments: number; experimentTemplates: number };
}

const PREFIX = 'awsFisLocal';

/** The pair that AWS uses in its own examples. */
const DEVELOPMENT_CREDENTIAL: Credential = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  accountId: '123456789012',
};

const fail = (key: string, expected: string): never => {
  throw new InputError(
    `Invalid configuration at ${PREFIX}.${key}: expected ${expected}`,
  );
};

function positiveNumber(value: number | undefined, key: string): void {
  if (value !== undefined && !(value > 0 && Number.isFinite(value))) {
    fail(key, 'a number greater than 0');
  }
}

function positiveInteger(value: number | undefined, key: string): void {
  if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
    fail(key, 'a whole number greater than 0');
  }
}

function readCredentials(config: RootConfigService): Credential[] {
  const entries = config.getOptionalConfigArray(`${PREFIX}.credentials`);
  if (!entries) return [DEVELOPMENT_CREDENTIAL];
  if (entries.length === 0) fail('credentials', 'at least one access key');
  const seen = new Set<string>();
  return entries.map((entry, index) => {
    const key = `credentials[${index}]`;
    const accessKeyId = entry.getString('accessKeyId');
    if (!/^\w{16,128}$/.test(accessKeyId)) {
      fail(`${key}.accessKeyId`, '16 to 128 letters and digits');
    }
    if (seen.has(accessKeyId)) {
      fail(`${key}.accessKeyId`, 'an access key id that occurs once');
    }
    seen.add(accessKeyId);
    const accountId = entry.getString('accountId');
    if (!/^\d{12}$/.test(accountId)) {
      fail(`${key}.accountId`, 'an account id of 12 digits, in quotes');
    }
    const allow = entry.getOptionalStringArray('allow');
    allow?.forEach((action, position) => {
      if (!/^(\*|(fis|cloudwatch):[A-Za-z]*\*?)$/.test(action)) {
        fail(`${key}.allow[${position}]`, 'an action such as fis:List*');
      }
    });
    return {
      accessKeyId,
      secretAccessKey: entry.getString('secretAccessKey'),
      accountId,
      allow,
    };
  });
}

function readRetention(config: RootConfigService): number {
  const text = config.getOptionalString(`${PREFIX}.retention`) ?? 'P120D';
  const retention = Duration.fromISO(text).toMillis();
  return retention > 0
    ? retention
    : fail('retention', 'an ISO 8601 duration such as P120D');
}

/** What is configured; `undefined` where the endpoint is off. */
export function readConfig(
  config: RootConfigService,
): AwsFisLocalConfig | undefined {
  if (!config.has(PREFIX)) return undefined;

  const timeScale = config.getOptionalNumber(`${PREFIX}.timeScale`);
  positiveNumber(timeScale, 'timeScale');
  const activeExperiments = config.getOptionalNumber(
    `${PREFIX}.quotas.activeExperiments`,
  );
  positiveInteger(activeExperiments, 'quotas.activeExperiments');
  const experimentTemplates = config.getOptionalNumber(
    `${PREFIX}.quotas.experimentTemplates`,
  );
  positiveInteger(experimentTemplates, 'quotas.experimentTemplates');

  return {
    credentials: readCredentials(config),
    timeScale: timeScale ?? 1,
    retentionMs: readRetention(config),
    quotas: {
      activeExperiments: activeExperiments ?? 5,
      experimentTemplates: experimentTemplates ?? 500,
    },
  };
}
