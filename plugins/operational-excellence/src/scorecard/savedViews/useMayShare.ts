import { operationalExcellenceViewSharePermission } from 'backstage-plugin-operational-excellence-common';
import { Allowance, usePortalAllowance } from '../../allowance';
import { useTexts } from '../../translation';

/** Whether the reader may share views with everybody. */
export function useMayShare(): Allowance {
  const { t } = useTexts();
  return usePortalAllowance(operationalExcellenceViewSharePermission, {
    denied: permission => t('savedViews.form.mayNotShare', { permission }),
    unchecked: message => t('savedViews.form.mayNotBeChecked', { message }),
  });
}
