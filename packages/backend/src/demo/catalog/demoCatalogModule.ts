import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { isDemoEnabled } from '../config';
import { DemoEntityProvider } from './DemoEntityProvider';
import { demoEntities } from './demoEntities';

/**
 * The demo organisation in the catalog. Where the demo is switched off, it is an
 * empty one, so that what was there before disappears.
 */
export const demoCatalogModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'operational-excellence-demo',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ catalog, config }) {
        catalog.addEntityProvider(
          DemoEntityProvider.create({
            entities: isDemoEnabled(config) ? demoEntities() : [],
          }),
        );
      },
    });
  },
});
