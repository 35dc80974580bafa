import { operationalExcellenceEnvironmentManagePermission } from 'backstage-plugin-operational-excellence-common';
import { Allowance, usePortalAllowance } from '../allowance';
import { useTexts } from '../translation';

/** Whether the reader may report environments and their removal. */
export function useMayReport(): Allowance {
  const { t } = useTexts();
  return usePortalAllowance(operationalExcellenceEnvironmentManagePermission, {
    denied: permission => t('environments.mayNot', { permission }),
    unchecked: message => t('environments.mayNotBeChecked', { message }),
  });
}
