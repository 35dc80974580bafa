import { rootRouteRef } from '../routes';
import { usePagePath } from '../usePagePath';

/** Where readiness tests are found; `undefined` where the app has no such page. */
export function useReadinessPaths(): {
  list: string | undefined;
  test: (id: string) => string | undefined;
} {
  const root = usePagePath(rootRouteRef);
  const list =
    root === undefined
      ? undefined
      : `${root.replace(/\/$/, '')}/readiness-tests`;
  return {
    list,
    test: id => list && `${list}/${encodeURIComponent(id)}`,
  };
}
