import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'operationalExcellence.sources.tracker';

/** What the configuration says of the built-in tracker. */
export interface TrackerConfig {
  /** Lower case. */
  improvementLabels: readonly string[];
}

/** Reads the configuration; throws where it is not what config.d.ts says. */
export function readTrackerConfig(config: Config): TrackerConfig {
  const labels = config
    .getOptionalConfig(KEY)
    ?.getOptionalStringArray('improvement.labels') ?? [
    'improvement',
    'tech-debt',
  ];
  const blank = labels.findIndex(label => !label.trim());
  if (blank >= 0) {
    throw new InputError(
      `${KEY}.improvement.labels[${blank}] is blank; expected the name of a label`,
    );
  }
  return {
    improvementLabels: labels.map(label => label.trim().toLowerCase()),
  };
}
