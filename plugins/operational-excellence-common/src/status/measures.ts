/**
 * What is measured of a service.
 *
 * @public
 */
export const MEASURES = ['backlog', 'gameDay', 'readinessTest'] as const;

/** @public */
export type Measure = (typeof MEASURES)[number];

/**
 * What a policy says of a measure, worst first.
 *
 * @public
 */
export const MEASURE_STATES = [
  'failing',
  'overdue',
  'never',
  'unknown',
  'not-configured',
  'due-soon',
  'ok',
  'waived',
  'not-required',
] as const;

/** @public */
export type MeasureState = (typeof MEASURE_STATES)[number];

/**
 * The states of what is not done as the policy asks.
 *
 * @public
 */
export const ATTENTION_STATES = [
  'failing',
  'overdue',
  'never',
] as const satisfies readonly MeasureState[];
