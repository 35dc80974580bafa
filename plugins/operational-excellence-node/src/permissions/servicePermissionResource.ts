import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_OPERATIONAL_EXCELLENCE_SERVICE } from 'backstage-plugin-operational-excellence-common';

/**
 * What rules get to know of the service that a permission is asked for.
 *
 * @public
 */
export interface ServicePermissionResource {
  entityRef: string;
  /** The owner of the service and every group above it. */
  ownerRefs: readonly string[];
}

/**
 * Which services rules ask for: those of one of some owners, groups above them
 * included.
 *
 * @public
 */
export interface ServicePermissionQuery {
  ownerRefs: readonly string[];
}

/**
 * The services that permissions of the operational excellence plugin are asked
 * for, for the rules of other modules.
 *
 * @public
 */
export const operationalExcellenceServicePermissionResourceRef =
  createPermissionResourceRef<
    ServicePermissionResource,
    ServicePermissionQuery
  >().with({
    pluginId: 'operational-excellence',
    resourceType: RESOURCE_TYPE_OPERATIONAL_EXCELLENCE_SERVICE,
  });
