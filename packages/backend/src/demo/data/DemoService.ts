import {
  Measure,
  ReadinessVerdict,
} from 'backstage-plugin-operational-excellence-common';
import { AnswersStory } from './readinessAnswers';
import { ScenarioId } from './scenarios';

/** The tickets of a service, told in figures. Ages are days at seeding. */
export interface BacklogStory {
  /** Age of the oldest open improvement. */
  oldestDays: number;
  open: number;
  /** Of the open ones. */
  inProgress?: number;
  /** Of the open ones: closed once, and came back. */
  reopened?: number;
  /** Improvements that were done, over the years. */
  closed: number;
  /** How long ago the youngest of these was closed. */
  lastClosedDays: number;
  /** Features and bugs. */
  others: number;
}

export type GameDayOutcome =
  | 'completed'
  | 'stopped'
  | 'failed'
  | 'cancelled'
  | 'dry-run';

/** An experiment that was run. */
export interface GameDayStory {
  daysAgo: number;
  scenario: ScenarioId;
  outcome: GameDayOutcome;
  region?: 'eu-west-1' | 'us-east-1';
  /** How the experiment tells which service it exercised; `entity-ref` if left out. */
  matchedBy?: 'entity-ref' | 'tags' | 'template';
}

/** A readiness test that was performed. */
export interface ReadinessStory {
  daysAgo: number;
  verdict: ReadinessVerdict;
  summary: string;
  /**
   * How long the result is good for, where the policy does not decide. Not for
   * tests with answers: there the template or the policy does.
   */
  validForDays?: number;
  /** What led to it; without, only the result was put down. */
  answers?: AnswersStory;
}

/** A readiness test that somebody began, and still has to finish. */
export interface OpenReadinessStory {
  daysAgo: number;
  answers: AnswersStory;
}

/** An exception that was granted at seeding. */
export interface WaiverStory {
  measure: Measure;
  reason: string;
  forDays: number;
}

/** A service of the demo organisation, and what became of it. */
export interface DemoService {
  name: string;
  title: string;
  description: string;
  type: string;
  system: string;
  owner: string;
  tier: 1 | 2 | 3;
  lifecycle: 'production' | 'experimental' | 'deprecated';
  /** What it consists of; tickets are about these. */
  parts: readonly string[];
  annotations?: Record<string, string>;
  /** None where nobody files improvements. */
  backlog?: BacklogStory;
  gameDays?: readonly GameDayStory[];
  readiness?: readonly ReadinessStory[];
  openReadiness?: OpenReadinessStory;
  waiver?: WaiverStory;
}
