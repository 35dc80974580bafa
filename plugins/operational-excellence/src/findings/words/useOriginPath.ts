import type { Finding } from 'backstage-plugin-operational-excellence-common';
import { useGameDayLinks } from '../../exercises';
import { rootRouteRef } from '../../routes';
import { usePagePath } from '../../usePagePath';

/**
 * Where what brought a finding to light is shown; `undefined` where the app shows
 * none of that.
 */
export function useOriginPath({
  id,
  kind,
}: Finding['origin']): string | undefined {
  const exercises = useGameDayLinks();
  const root = usePagePath(rootRouteRef);
  if (kind !== 'readiness-test') return exercises?.exercise(id);
  return root === undefined
    ? undefined
    : `${root.replace(/\/$/, '')}/readiness-tests/${encodeURIComponent(id)}`;
}
