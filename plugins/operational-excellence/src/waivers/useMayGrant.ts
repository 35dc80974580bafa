import { operationalExcellenceWaiverGrantPermission } from 'backstage-plugin-operational-excellence-common';
import { Allowance, useAllowance } from '../allowance';
import { useTexts } from '../translation';

/**
 * Whether the reader may grant waivers of a service, and end them.
 *
 * @param owner - the title of who owns the service, where known
 */
export function useMayGrant(
  entityRef: string,
  owner: string | null,
): Allowance {
  const { t } = useTexts();
  return useAllowance(
    operationalExcellenceWaiverGrantPermission,
    { entityRef, owner },
    {
      denied: permission => t('waivers.mayNot', { permission }),
      deniedOwned: (permission, by) =>
        t('waivers.mayNotOwned', { permission, owner: by }),
      unchecked: message => t('waivers.mayNotBeChecked', { message }),
    },
  );
}
