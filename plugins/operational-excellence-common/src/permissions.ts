import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Allows reading the figures of services, their tickets and experiments. A
 * service is shown only to who may also read its entity in the catalog.
 *
 * @public
 */
export const operationalExcellenceServiceReadPermission = createPermission({
  name: 'operational-excellence.service.read',
  attributes: { action: 'read' },
});

/**
 * The type of the resources that permissions for single services speak of; a
 * resource is named by its entity reference.
 *
 * @public
 */
export const RESOURCE_TYPE_OPERATIONAL_EXCELLENCE_SERVICE =
  'operational-excellence-service';

/**
 * Allows filing improvements of a service, and resending what its tracker
 * refused.
 *
 * @public
 */
export const operationalExcellenceImprovementCreatePermission =
  createPermission({
    name: 'operational-excellence.improvement.create',
    attributes: { action: 'create' },
    resourceType: RESOURCE_TYPE_OPERATIONAL_EXCELLENCE_SERVICE,
  });

/**
 * Allows evaluating improvements of a service that are done.
 *
 * @public
 */
export const operationalExcellenceImprovementEvaluatePermission =
  createPermission({
    name: 'operational-excellence.improvement.evaluate',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_OPERATIONAL_EXCELLENCE_SERVICE,
  });

/**
 * Allows granting and revoking waivers of a service.
 *
 * @public
 */
export const operationalExcellenceWaiverGrantPermission = createPermission({
  name: 'operational-excellence.waiver.grant',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_OPERATIONAL_EXCELLENCE_SERVICE,
});

/**
 * Allows planning, holding and cancelling exercises of a service, and writing
 * down their findings.
 *
 * @public
 */
export const operationalExcellenceExerciseManagePermission = createPermission({
  name: 'operational-excellence.exercise.manage',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_OPERATIONAL_EXCELLENCE_SERVICE,
});

/**
 * Allows running readiness tests of a service, in the portal or by a pipeline.
 *
 * @public
 */
export const operationalExcellenceReadinessTestPerformPermission =
  createPermission({
    name: 'operational-excellence.readiness-test.perform',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_OPERATIONAL_EXCELLENCE_SERVICE,
  });

/**
 * Allows signing off readiness tests of a service.
 *
 * @public
 */
export const operationalExcellenceReadinessTestSignOffPermission =
  createPermission({
    name: 'operational-excellence.readiness-test.sign-off',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_OPERATIONAL_EXCELLENCE_SERVICE,
  });

/**
 * Allows reporting environments and their removal.
 *
 * @public
 */
export const operationalExcellenceEnvironmentManagePermission =
  createPermission({
    name: 'operational-excellence.environment.manage',
    attributes: { action: 'update' },
  });

/**
 * Allows importing exercises and readiness tests of the past, of any service.
 *
 * @public
 */
export const operationalExcellenceRecordImportPermission = createPermission({
  name: 'operational-excellence.record.import',
  attributes: { action: 'create' },
});

/**
 * Allows reading which sources are connected, and how their synchronisation
 * fares.
 *
 * @public
 */
export const operationalExcellenceSourceReadPermission = createPermission({
  name: 'operational-excellence.source.read',
  attributes: { action: 'read' },
});

/**
 * Allows asking a source to synchronise now.
 *
 * @public
 */
export const operationalExcellenceSourceSyncPermission = createPermission({
  name: 'operational-excellence.source.sync',
  attributes: { action: 'update' },
});

/**
 * Allows creating tickets in the built-in tracker.
 *
 * @public
 */
export const operationalExcellenceTrackerCreatePermission = createPermission({
  name: 'operational-excellence.tracker.create',
  attributes: { action: 'create' },
});

/**
 * Allows starting, closing and reopening tickets of the built-in tracker.
 *
 * @public
 */
export const operationalExcellenceTrackerUpdatePermission = createPermission({
  name: 'operational-excellence.tracker.update',
  attributes: { action: 'update' },
});

/**
 * Allows bringing tickets with a past into the built-in tracker, with the
 * instants at which they were created, started and closed.
 *
 * @public
 */
export const operationalExcellenceTrackerImportPermission = createPermission({
  name: 'operational-excellence.tracker.import',
  attributes: { action: 'create' },
});

/**
 * Allows creating, changing and closing initiatives.
 *
 * @public
 */
export const operationalExcellenceInitiativeManagePermission = createPermission(
  {
    name: 'operational-excellence.initiative.manage',
    attributes: { action: 'update' },
  },
);

/**
 * Allows sharing saved views with everybody.
 *
 * @public
 */
export const operationalExcellenceViewSharePermission = createPermission({
  name: 'operational-excellence.view.share',
  attributes: { action: 'create' },
});

/**
 * Allows trying what other policies would change.
 *
 * @public
 */
export const operationalExcellencePolicyPreviewPermission = createPermission({
  name: 'operational-excellence.policy.preview',
  attributes: { action: 'read' },
});

/**
 * Every permission that speaks of a single service.
 *
 * @public
 */
export const operationalExcellenceServicePermissions = [
  operationalExcellenceImprovementCreatePermission,
  operationalExcellenceImprovementEvaluatePermission,
  operationalExcellenceWaiverGrantPermission,
  operationalExcellenceExerciseManagePermission,
  operationalExcellenceReadinessTestPerformPermission,
  operationalExcellenceReadinessTestSignOffPermission,
];

/**
 * Every permission of the plugin.
 *
 * @public
 */
export const operationalExcellencePermissions = [
  ...operationalExcellenceServicePermissions,
  operationalExcellenceServiceReadPermission,
  operationalExcellenceSourceReadPermission,
  operationalExcellenceSourceSyncPermission,
  operationalExcellenceEnvironmentManagePermission,
  operationalExcellenceRecordImportPermission,
  operationalExcellenceInitiativeManagePermission,
  operationalExcellenceViewSharePermission,
  operationalExcellencePolicyPreviewPermission,
  operationalExcellenceTrackerCreatePermission,
  operationalExcellenceTrackerUpdatePermission,
  operationalExcellenceTrackerImportPermission,
];
