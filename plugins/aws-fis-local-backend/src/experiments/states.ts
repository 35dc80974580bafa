export const FINAL_STATES = [
  'completed',
  'stopped',
  'failed',
  'cancelled',
] as const;

export type FinalState = (typeof FINAL_STATES)[number];

export type ExperimentStatus =
  | FinalState
  | 'pending'
  | 'initiating'
  | 'running'
  | 'stopping';

export type ActionStatus = ExperimentStatus | 'skipped';

export type StopCause = 'request' | 'stop-condition' | 'safety-lever';
