import { usePermission } from '@backstage/plugin-permission-react';
import type { operationalExcellencePermissions } from 'backstage-plugin-operational-excellence-common';
import { errorText } from '../feedback';
import type { Allowance } from './Allowance';
import type { DenialWords } from './useAllowance';

type PortalPermission = Exclude<
  (typeof operationalExcellencePermissions)[number],
  { resourceType: string }
>;

/** Whether the reader has a permission that speaks of no single service. */
export function usePortalAllowance(
  permission: PortalPermission,
  words: Pick<DenialWords, 'denied' | 'unchecked'>,
): Allowance {
  const { allowed, error, loading } = usePermission({ permission });
  const denial = () => {
    if (allowed || loading) return '';
    return error
      ? words.unchecked(errorText(error))
      : words.denied(permission.name);
  };
  return { isAllowed: allowed, denial: denial() };
}
