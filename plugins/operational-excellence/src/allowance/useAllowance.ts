import { usePermission } from '@backstage/plugin-permission-react';
import type { operationalExcellenceServicePermissions } from 'backstage-plugin-operational-excellence-common';
import { errorText } from '../feedback';
import type { Allowance } from './Allowance';

type ServicePermission =
  (typeof operationalExcellenceServicePermissions)[number];

/** Why somebody may not, in the words of what they may not do. */
export interface DenialWords {
  denied: (permission: string) => string;
  /** Where it is known who owns the service. */
  deniedOwned: (permission: string, owner: string) => string;
  /** Where it could not be found out. */
  unchecked: (message: string) => string;
}

/**
 * Whether the reader has a permission for a service.
 *
 * @param owner - the title of who owns the service, where known
 */
export function useAllowance(
  permission: ServicePermission,
  service: { entityRef: string; owner?: string | null },
  words: DenialWords,
): Allowance {
  const { entityRef, owner } = service;
  const { allowed, error, loading } = usePermission({
    permission,
    resourceRef: entityRef,
  });
  const denial = () => {
    if (allowed || loading) return '';
    if (error) return words.unchecked(errorText(error));
    return owner
      ? words.deniedOwned(permission.name, owner)
      : words.denied(permission.name);
  };
  return { isAllowed: allowed, denial: denial() };
}
