import { RouteRef, useRouteRef } from '@backstage/core-plugin-api';

/**
 * The path of a page of the plugin; `undefined` where the app has none of it, or
 * none that can be reached from here.
 */
export function usePagePath(routeRef: RouteRef): string | undefined {
  try {
    return useRouteRef(routeRef)();
  } catch {
    // How routes tell that they are not mounted.
    return undefined;
  }
}
