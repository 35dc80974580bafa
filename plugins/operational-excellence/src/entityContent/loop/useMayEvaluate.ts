import { operationalExcellenceImprovementEvaluatePermission } from 'backstage-plugin-operational-excellence-common';
import { Allowance, useAllowance } from '../../allowance';
import { useTexts } from '../../translation';

/**
 * Whether the reader may evaluate improvements of a service.
 *
 * @param owner - the title of who owns the service, where known
 */
export function useMayEvaluate(
  entityRef: string,
  owner: string | null,
): Allowance {
  const { t } = useTexts();
  return useAllowance(
    operationalExcellenceImprovementEvaluatePermission,
    { entityRef, owner },
    {
      denied: permission => t('tab.loop.mayNot', { permission }),
      deniedOwned: (permission, by) =>
        t('tab.loop.mayNotOwned', { permission, owner: by }),
      unchecked: message => t('tab.loop.mayNotBeChecked', { message }),
    },
  );
}
