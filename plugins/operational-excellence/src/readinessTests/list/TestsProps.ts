import type { ReadinessTest } from 'backstage-plugin-operational-excellence-common';

/** Readiness tests to be listed. */
export interface TestsProps {
  label: string;
  tests: ReadinessTest[];
  now: number;
  /** Whether it is known anyway of which service they are. */
  isOfOneService?: boolean;
  /** The id of the test to compare another one with, where there is one. */
  previousOf?: (test: ReadinessTest) => string | undefined;
}
