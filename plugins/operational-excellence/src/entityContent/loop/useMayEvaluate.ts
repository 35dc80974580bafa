import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { operationalExcellenceImprovementEvaluatePermission as permission } from 'backstage-plugin-operational-excellence-common';
import { errorText } from '../../feedback';
import type { Allowance } from '../../improvements/useMayFile';
import { operationalExcellenceTranslationRef } from '../../translation';

/**
 * Whether the reader may evaluate improvements of a service.
 *
 * @param owner - the title of who owns the service, where known
 */
export function useMayEvaluate(
  entityRef: string,
  owner: string | null,
): Allowance {
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const { allowed, error, loading } = usePermission({
    permission,
    resourceRef: entityRef,
  });
  if (allowed || loading) return { isAllowed: allowed, denial: '' };
  if (error) {
    return {
      isAllowed: false,
      denial: t('tab.loop.mayNotBeChecked', { message: errorText(error) }),
    };
  }
  return {
    isAllowed: false,
    denial: owner
      ? t('tab.loop.mayNotOwned', { permission: permission.name, owner })
      : t('tab.loop.mayNot', { permission: permission.name }),
  };
}
