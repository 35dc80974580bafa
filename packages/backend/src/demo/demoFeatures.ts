import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { demoCatalogModule } from './catalog';
import { demoSeedModule } from './seed';

/**
 * A made-up organisation with years of history. One line removes it:
 * `operationalExcellenceDemo.enabled: false`.
 */
export const demoFeatures = createBackendFeatureLoader({
  loader: () => [demoCatalogModule, demoSeedModule],
});
