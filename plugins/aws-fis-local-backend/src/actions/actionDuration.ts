import { Duration } from 'luxon';
import { TemplateAction } from '../templates/shapes';

/** How long an action takes that names no duration, simulated milliseconds. */
const INSTANT_ACTION_MS = 10_000;

const PARAMETERS = ['duration', 'startInstancesAfterDuration'];

/**
 * How long an action takes by its parameters, simulated milliseconds; `undefined`
 * where its duration is not an ISO 8601 one.
 */
export function actionDuration(action: TemplateAction): number | undefined {
  const text = PARAMETERS.map(name => action.parameters?.[name]).find(Boolean);
  if (text === undefined) return INSTANT_ACTION_MS;
  const duration = Duration.fromISO(text).toMillis();
  return duration >= 0 ? duration : undefined;
}
