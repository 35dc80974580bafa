import { Instant } from '../instants';
import { Policy } from './policy';

/**
 * The policies whose day has come, by the calendar of UTC. The others are passed
 * over when the policy of a service is selected.
 *
 * @public
 */
export function policiesInForce(
  policies: readonly Policy[],
  now: Instant,
): Policy[] {
  return policies.filter(
    ({ enforceFrom }) =>
      enforceFrom === undefined || Date.parse(enforceFrom) <= now,
  );
}
