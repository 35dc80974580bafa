import { Config } from '@backstage/config';

/** Whether the portal shows the demo organisation. */
export function isDemoEnabled(config: Config): boolean {
  return (
    config.getOptionalBoolean('operationalExcellenceDemo.enabled') ?? false
  );
}
