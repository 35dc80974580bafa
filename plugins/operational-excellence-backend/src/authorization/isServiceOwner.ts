import { createPermissionRule } from '@backstage/plugin-permission-node';
import { operationalExcellenceServicePermissionResourceRef } from 'backstage-plugin-operational-excellence-node';
import { z } from 'zod';

/**
 * Whether somebody owns a service, by themselves or through groups. A policy
 * gives the `ownershipEntityRefs` of the user as claims.
 */
export const isServiceOwner = createPermissionRule({
  name: 'IS_SERVICE_OWNER',
  description:
    'Allow services whose owner, or a group above their owner, is among the claims',
  resourceRef: operationalExcellenceServicePermissionResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe(
        'References of users and groups, at least one of which owns it',
      ),
  }),
  apply: ({ ownerRefs }, { claims }) => {
    const claimed = new Set(claims.map(lowerCase));
    return ownerRefs.some(ownerRef => claimed.has(ownerRef));
  },
  toQuery: ({ claims }) => ({ ownerRefs: claims.map(lowerCase) }),
});

function lowerCase(text: string) {
  return text.toLocaleLowerCase('en-US');
}
