import { operationalExcellenceInitiativeManagePermission } from 'backstage-plugin-operational-excellence-common';
import { Allowance, usePortalAllowance } from '../allowance';
import { useTexts } from '../translation';

/** Whether the reader may start, change and close initiatives. */
export function useMayManage(): Allowance {
  const { t } = useTexts();
  return usePortalAllowance(operationalExcellenceInitiativeManagePermission, {
    denied: permission => t('initiatives.mayNot', { permission }),
    unchecked: message => t('initiatives.mayNotBeChecked', { message }),
  });
}
