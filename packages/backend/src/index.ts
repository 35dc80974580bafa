import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

// Who somebody is. See https://backstage.io/docs/auth
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));

// What they may do. See https://backstage.io/docs/permissions/getting-started
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));

// What trackers and AWS tell as it happens. See docs/events.md
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));
backend.add(import('@backstage/plugin-events-backend-module-aws-sqs'));

// What owners are told. See docs/notifications.md
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

// Operational excellence, and the sources of its figures
backend.add(import('backstage-plugin-operational-excellence-backend'));
backend.add(
  import('backstage-plugin-operational-excellence-backend-module-tracker'),
);
backend.add(
  import('backstage-plugin-operational-excellence-backend-module-github'),
);
backend.add(
  import('backstage-plugin-operational-excellence-backend-module-gitlab'),
);
backend.add(
  import('backstage-plugin-operational-excellence-backend-module-jira'),
);
backend.add(
  import('backstage-plugin-operational-excellence-backend-module-redmine'),
);
backend.add(
  import('backstage-plugin-operational-excellence-backend-module-aws-fis'),
);

// For development without an AWS account
backend.add(import('backstage-plugin-aws-fis-local-backend'));

// The made-up organisation that app-config.yaml switches on
backend.add(import('./demo'));

backend.start();
