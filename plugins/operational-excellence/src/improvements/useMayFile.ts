import { operationalExcellenceImprovementCreatePermission } from 'backstage-plugin-operational-excellence-common';
import { Allowance, useAllowance } from '../allowance';
import { useTexts } from '../translation';

/**
 * Whether the reader may file improvements of a service.
 *
 * @param owner - the title of who owns the service, where known
 */
export function useMayFile(
  entityRef: string,
  owner?: string | null,
): Allowance {
  const { t } = useTexts();
  return useAllowance(
    operationalExcellenceImprovementCreatePermission,
    { entityRef, owner },
    {
      denied: permission => t('improvement.mayNot', { permission }),
      deniedOwned: (permission, by) =>
        t('improvement.mayNotOwned', { permission, owner: by }),
      unchecked: message => t('improvement.mayNotBeChecked', { message }),
    },
  );
}
