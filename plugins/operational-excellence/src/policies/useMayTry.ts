import { operationalExcellencePolicyPreviewPermission } from 'backstage-plugin-operational-excellence-common';
import { Allowance, usePortalAllowance } from '../allowance';
import { useTexts } from '../translation';

/** Whether the reader may try what other policies would change. */
export function useMayTry(): Allowance {
  const { t } = useTexts();
  return usePortalAllowance(operationalExcellencePolicyPreviewPermission, {
    denied: permission => t('policies.mayNot', { permission }),
    unchecked: message => t('policies.mayNotBeChecked', { message }),
  });
}
