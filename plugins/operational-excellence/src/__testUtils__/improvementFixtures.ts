import type {
  Evaluation,
  ImprovementDetail,
  TimeReport,
  TrackerList,
} from 'backstage-plugin-operational-excellence-common';
import { DAY_MS } from 'backstage-plugin-operational-excellence-common';
import { daysAgo } from './instants';

type Tracker = TrackerList['items'][number];

export const BUILT_IN_TRACKER: Tracker = {
  id: 'built-in',
  title: 'Built-in tracker',
  scope: 'component:default/payments',
  url: null,
  builtIn: true,
};

export const GITHUB_TRACKER: Tracker = {
  id: 'github',
  title: 'GitHub',
  scope: 'acme/payments',
  url: 'https://github.com/acme/payments/issues',
  builtIn: false,
};

/** An improvement of the payments, open in GitHub unless told otherwise. */
export function improvement(
  id: string,
  overrides: Partial<ImprovementDetail> = {},
): ImprovementDetail {
  return {
    id,
    entityRef: 'component:default/payments',
    entityTitle: 'Payments',
    title: `Improvement ${id}`,
    description: '',
    goal: null,
    priority: null,
    origin: null,
    filedBy: 'user:default/guest',
    createdAt: daysAgo(100),
    tracker: { id: 'github', title: 'GitHub', scope: 'acme/payments' },
    delivery: {
      state: 'filed',
      attempts: 1,
      nextAttemptAt: null,
      reason: null,
    },
    ticket: {
      key: `acme/payments#${id}`,
      url: `https://github.com/acme/payments/issues/${id}`,
      state: 'open',
    },
    stage: 'open',
    doneAt: null,
    evaluationDueAt: null,
    evaluation: null,
    alternativeTo: null,
    alternatives: [],
    environment: null,
    pastEvaluations: [],
    chain: [],
    ...overrides,
  };
}

/** What was judged of an improvement, met unless told otherwise. */
export function evaluation(
  id: string,
  overrides: Partial<Evaluation> = {},
): Evaluation {
  return {
    id,
    verdict: 'met',
    measured: null,
    evidence: [],
    note: null,
    stillPriority: null,
    reason: null,
    evaluatedBy: 'user:default/guest',
    evaluatedAt: daysAgo(1),
    doneAt: daysAgo(30),
    ...overrides,
  };
}

/** Half a year in which one improvement a week was opened, and none closed. */
export function timeReport(overrides: Partial<TimeReport> = {}): TimeReport {
  const WEEK_MS = 7 * DAY_MS;
  const sinceMonday = (Date.now() + 3 * DAY_MS) % WEEK_MS;
  const monday = Date.now() - sinceMonday;
  return {
    weeks: Array.from({ length: 26 }, (_, week) => ({
      from: new Date(monday - (25 - week) * WEEK_MS).toISOString(),
      opened: 1,
      closed: 0,
      otherClosed: 0,
    })),
    openCount: 26,
    closed90d: 0,
    allClosed90d: 0,
    improvementShare90d: null,
    policyShare: null,
    daysToClear: null,
    starvedSince: null,
    asOf: new Date().toISOString(),
    ...overrides,
  };
}
