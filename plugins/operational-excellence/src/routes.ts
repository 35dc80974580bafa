import { createRouteRef } from '@backstage/core-plugin-api';

/** The org-wide page. */
export const rootRouteRef = createRouteRef({ id: 'operational-excellence' });

/** The tab on the page of an entity. */
export const entityContentRouteRef = createRouteRef({
  id: 'operational-excellence:entity-content',
});
