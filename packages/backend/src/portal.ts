import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';

/** Everything that this portal's backend consists of. */
export const portal = createBackendFeatureLoader({
  loader: () => [
    import('@backstage/plugin-app-backend'),
    import('@backstage/plugin-user-settings-backend'),

    // Who somebody is, and what they may do
    import('@backstage/plugin-auth-backend'),
    import('@backstage/plugin-auth-backend-module-guest-provider'),
    import('@backstage/plugin-permission-backend'),
    import('@backstage/plugin-permission-backend-module-allow-all-policy'),

    import('@backstage/plugin-catalog-backend'),
    import('@backstage/plugin-catalog-backend-module-logs'),

    // Operational excellence, and where its figures come from
    import('backstage-plugin-operational-excellence-backend'),
    import('backstage-plugin-operational-excellence-backend-module-tracker'),
    import('backstage-plugin-operational-excellence-backend-module-github'),
    import('backstage-plugin-operational-excellence-backend-module-aws-fis'),
    import('backstage-plugin-aws-fis-local-backend'),

    import('./demo'),
  ],
});
