import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { operationalExcellenceApiFactory } from './apiFactory';
import { entityContentRouteRef, rootRouteRef } from './routes';

export {
  useFileImprovementContextMenu,
  type FileImprovementContextMenuItem,
} from './improvements';

/**
 * The plugin for the classic frontend system.
 *
 * @public
 */
export const operationalExcellencePlugin = createPlugin({
  id: 'operational-excellence',
  apis: [operationalExcellenceApiFactory],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});

/**
 * The org-wide page, for the classic frontend system.
 *
 * @public
 */
export const OperationalExcellencePage = operationalExcellencePlugin.provide(
  createRoutableExtension({
    name: 'OperationalExcellencePage',
    component: () => import('./page').then(m => m.ClassicPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The card with the three answers for an entity, for the classic frontend
 * system.
 *
 * @public
 */
export const EntityOperationalExcellenceCard =
  operationalExcellencePlugin.provide(
    createComponentExtension({
      name: 'EntityOperationalExcellenceCard',
      component: {
        lazy: () =>
          import('./entityCard').then(m => m.EntityOperationalExcellenceCard),
      },
    }),
  );

/**
 * The tab on the page of an entity, for the classic frontend system.
 *
 * @public
 */
export const EntityOperationalExcellenceContent =
  operationalExcellencePlugin.provide(
    createRoutableExtension({
      name: 'EntityOperationalExcellenceContent',
      component: () =>
        import('./entityContent').then(
          m => m.EntityOperationalExcellenceContent,
        ),
      mountPoint: entityContentRouteRef,
    }),
  );
