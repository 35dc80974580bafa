import { EnvironmentStage } from '../api/environments';
import { Instant } from '../instants';

/**
 * Where an environment stands at an instant: `expired` until it is removed.
 *
 * @public
 */
export function environmentStage(
  environment: { expiresAt: Instant | null; removedAt: Instant | null },
  now: Instant,
): EnvironmentStage {
  const { expiresAt, removedAt } = environment;
  if (removedAt !== null) return 'removed';
  return expiresAt !== null && expiresAt < now ? 'expired' : 'active';
}
