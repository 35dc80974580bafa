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
 * Every permission of the plugin.
 *
 * @public
 */
export const operationalExcellencePermissions = [
  operationalExcellenceServiceReadPermission,
  operationalExcellenceSourceReadPermission,
  operationalExcellenceSourceSyncPermission,
  operationalExcellenceTrackerCreatePermission,
  operationalExcellenceTrackerUpdatePermission,
  operationalExcellenceTrackerImportPermission,
];
