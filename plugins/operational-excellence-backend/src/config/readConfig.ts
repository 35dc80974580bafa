import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { FilterPredicate } from '@backstage/filter-predicates';
import { Policy } from 'backstage-plugin-operational-excellence-common';
import { configSchema } from './configSchema';
import { describeIssue } from './describeIssue';
import { NotificationsConfig } from './notificationsSchema';

const ROOT = 'operationalExcellence';

/** What the backend is configured to do. Durations are milliseconds. */
export interface OperationalExcellenceConfig {
  services: {
    /** Which entities of the catalog are services. */
    filter: FilterPredicate;
    refreshEvery: number;
  };
  /** The label that holds the tier of a service, if any does. */
  tierLabel?: string;
  /** The first that matches a service applies. */
  policies: Policy[];
  readiness: {
    /** Whether the templates that come with the plugin are there. */
    builtInTemplates: boolean;
    /** Where others are read from. */
    templates: (
      | { file: string; url?: undefined }
      | { url: string; file?: undefined }
    )[];
    refreshEvery: number;
  };
  visibility: {
    decisionsFor: number;
    servicesFor: number;
  };
  history: {
    /** For how many days it is kept. */
    keepDays: number;
  };
  calendar: {
    /** Whether calendars can be opened by secret addresses. */
    feeds: boolean;
  };
  sync: {
    /** Runs of scopes at once, per replica. */
    concurrency: number;
    tickEvery: number;
    /** For sources that state none. */
    tolerance: number;
  };
  /** From where lists of many services are read, if not from the database itself. */
  readReplica?: {
    host: string;
    port: number;
    /** As for the database itself, where left out. */
    user?: string;
    password?: string;
    maxLag: number;
  };
  notifications: NotificationsConfig;
}

/**
 * Reads `operationalExcellence` as a whole.
 *
 * @throws InputError naming the full path of every wrong key, what was expected
 * there and what is there
 */
export function readConfig(config: Config): OperationalExcellenceConfig {
  const value = config.getOptional(ROOT) ?? {};
  const result = configSchema.safeParse(value);
  if (result.success) {
    const { sources: _, ...own } = result.data;
    return own;
  }
  throw new InputError(
    result.error.issues
      .flatMap(issue => describeIssue(issue, { root: ROOT, value }))
      .join('\n'),
  );
}
