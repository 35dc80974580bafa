import { usePermission } from '@backstage/plugin-permission-react';
import { operationalExcellenceEnvironmentManagePermission as permission } from 'backstage-plugin-operational-excellence-common';
import type { Allowance } from '../allowance';
import { errorText } from '../feedback';
import { useTexts } from '../translation';

/** Whether the reader may report environments and their removal. */
export function useMayReport(): Allowance {
  const { t } = useTexts();
  const { allowed, error, loading } = usePermission({ permission });
  const denial = () => {
    if (allowed || loading) return '';
    return error
      ? t('environments.mayNotBeChecked', { message: errorText(error) })
      : t('environments.mayNot', { permission: permission.name });
  };
  return { isAllowed: allowed, denial: denial() };
}
