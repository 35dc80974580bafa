import { addDuration, Instant } from '../instants';
import { Policy } from '../policy';

/**
 * Until when a finding is to be tested again that says nothing of it; `null`
 * where the policy does not ask for that.
 *
 * @public
 */
export function defaultRetestBy(
  createdAt: Instant,
  policy: Pick<Policy, 'exercise'> | undefined,
): Instant | null {
  const within = policy?.exercise?.retestWithin;
  return within === undefined ? null : addDuration(createdAt, within);
}
