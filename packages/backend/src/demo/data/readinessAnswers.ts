import { ReadinessAnswerValue } from 'backstage-plugin-operational-excellence-common';

/** An answer to an item of the template for production readiness. */
export interface AnswerStory {
  value: ReadinessAnswerValue;
  note?: string;
  /** A page of the service's wiki, by the path of its title. */
  evidence?: Readonly<Record<string, string>>;
}

/** By the id of the item. */
export type AnswersStory = Readonly<Record<string, AnswerStory>>;

const YES: AnswerStory = { value: 'yes' };

/** What a team says that has done its homework. */
const SOUND = {
  'architecture-described': {
    value: 'yes',
    evidence: { 'How it works, on one page': 'architecture' },
  },
  'dependencies-known': {
    value: 'yes',
    evidence: { 'Dependencies, and life without them': 'dependencies' },
  },
  'timeouts-and-retries': {
    value: 'yes',
    note: 'By the shared client library; only the outermost layer retries.',
  },
  'no-single-point-of-failure': {
    value: 'yes',
    note: 'Three zones; two of them carry the peak of December.',
  },
  'degrades-gracefully': YES,
  'objectives-agreed': {
    value: 'yes',
    evidence: { 'Objectives of this year': 'objectives' },
  },
  'alarms-on-user-impact': {
    value: 'yes',
    note: 'Seven alarms last month, six of which led to an act.',
    evidence: { 'Alarms and what they watch': 'alarms' },
  },
  'alarms-tested': YES,
  dashboard: {
    value: 'yes',
    evidence: { 'The dashboard of who is on call': 'dashboard' },
  },
  'logs-and-traces': YES,
  'runbook-per-alarm': {
    value: 'yes',
    evidence: { Runbooks: 'runbooks' },
  },
  'runbook-tried': {
    value: 'yes',
    note: 'By the newest of the team, with the author **not** in the room.',
  },
  'automated-deployment': YES,
  'gradual-deployment': {
    value: 'yes',
    note: 'One hub first, for an hour.',
  },
  'rollback-tried': {
    value: 'yes',
    evidence: { 'The rollback of last month': 'rollback' },
  },
  'load-tested': {
    value: 'yes',
    evidence: { 'Load test at twice the peak': 'load-test' },
  },
  'quotas-known': YES,
  scaling: YES,
  'recovery-objectives': YES,
  'restore-tried': {
    value: 'yes',
    note: 'Restored and counted in 38 minutes; 60 are agreed.',
    evidence: { 'Protocol of the restore': 'restore' },
  },
  'backups-apart': YES,
  'least-privilege': YES,
  patched: YES,
  encrypted: YES,
  'on-call': {
    value: 'yes',
    evidence: { 'Rota and access': 'on-call' },
  },
  'incident-process': YES,
  'game-day-held': {
    value: 'yes',
    note: 'See the game days of this service.',
  },
} as const satisfies AnswersStory;

type ItemId = keyof typeof SOUND;

function except(answers: Partial<Record<ItemId, AnswerStory>>): AnswersStory {
  return { ...SOUND, ...answers };
}

/** What the scan gateway holds is on its way. */
const NOTHING_KEPT: AnswerStory = {
  value: 'not-applicable',
  note: 'Scans are held for minutes and then belong to the event collector.',
};

const SCAN_GATEWAY = {
  'recovery-objectives': NOTHING_KEPT,
  'restore-tried': NOTHING_KEPT,
  'backups-apart': NOTHING_KEPT,
} as const satisfies Partial<Record<ItemId, AnswerStory>>;

/** One `no` that does not block. */
export const NAMELESS_DASHBOARDS = except({
  dashboard: {
    value: 'no',
    note: 'There are four of the solver, and nobody on call could name them.',
    evidence: { 'What was asked on call': 'readiness/dashboards' },
  },
});

export const DASHBOARDS_MENDED = except({
  dashboard: {
    value: 'yes',
    note: 'One instead of four, and every alarm links to it.',
    evidence: { 'The dashboard of who is on call': 'dashboard' },
  },
});

export const SILENT_CALENDAR = except({
  'alarms-tested': {
    value: 'no',
    note: 'The alert on a full calendar fired, and went to a list that nobody reads.',
    evidence: { 'Where the alert went': 'readiness/full-calendar' },
  },
  'degrades-gracefully': {
    value: 'yes',
    note: 'Offers the slots of yesterday where the planner does not answer.',
  },
});

export const SCANS_IN_ORDER = except(SCAN_GATEWAY);

/** Two times `no`, one of which blocks. */
export const BUFFER_NOT_DRAINED = except({
  ...SCAN_GATEWAY,
  'runbook-per-alarm': {
    value: 'no',
    note: 'The one for a full offline buffer names `drain-buffer`, which was removed a year ago.',
    evidence: { 'The runbook as it is': 'runbooks/offline-buffer' },
  },
  'runbook-tried': {
    value: 'no',
    note: 'Tried today for the first time; given up after 40 minutes.',
    evidence: { 'Notes of the attempt': 'readiness/offline-buffer' },
  },
});

/** As far as a team came until lunch. */
export const HALF_WAY: AnswersStory = {
  'architecture-described': SOUND['architecture-described'],
  'dependencies-known': SOUND['dependencies-known'],
  'timeouts-and-retries': {
    value: 'no',
    note: 'The planner is asked again without end when it is slow.',
  },
  'no-single-point-of-failure': SOUND['no-single-point-of-failure'],
  'objectives-agreed': SOUND['objectives-agreed'],
  // Its evidence is still to be found.
  'alarms-on-user-impact': YES,
  'alarms-tested': YES,
  'automated-deployment': YES,
};
