import { JsonObject } from '@backstage/types';
import { BenchSettings } from './settings';

/** What the benchmarks of scorecards want of the backend that they start. */
export interface ScorecardsSettings extends BenchSettings {
  /** `operationalExcellence.policies`. */
  policies: JsonObject[];
  /** How long the tracker takes for a page, if not none at all. */
  latencyMs?: number;
}
