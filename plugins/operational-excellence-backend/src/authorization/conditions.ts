import { createConditionExports } from '@backstage/plugin-permission-node';
import { operationalExcellenceServicePermissionResourceRef } from 'backstage-plugin-operational-excellence-node';
import { isServiceOwner } from './isServiceOwner';

/** The rules that policies can put conditions on services with. */
export const serviceRules = { isServiceOwner };

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: operationalExcellenceServicePermissionResourceRef,
  rules: serviceRules,
});

/**
 * Conditions on services for permission policies, such as
 * `serviceConditions.isServiceOwner({ claims: user.info.ownershipEntityRefs })`.
 *
 * @public
 */
export const serviceConditions = conditions;

/**
 * Makes the decision of a permission policy depend on conditions on the service.
 *
 * @public
 */
export const createServiceConditionalDecision = createConditionalDecision;
