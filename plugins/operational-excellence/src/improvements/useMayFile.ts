import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { operationalExcellenceImprovementCreatePermission as permission } from 'backstage-plugin-operational-excellence-common';
import { errorText } from '../feedback';
import { operationalExcellenceTranslationRef } from '../translation';

/** Whether somebody may do something, and why not. */
export interface Allowance {
  isAllowed: boolean;
  /** Empty as long as it is not known. */
  denial: string;
}

/**
 * Whether the reader may file improvements of a service.
 *
 * @param owner - the title of who owns the service, where known
 */
export function useMayFile(
  entityRef: string,
  owner?: string | null,
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
      denial: t('improvement.mayNotBeChecked', { message: errorText(error) }),
    };
  }
  return {
    isAllowed: false,
    denial: owner
      ? t('improvement.mayNotOwned', { permission: permission.name, owner })
      : t('improvement.mayNot', { permission: permission.name }),
  };
}
