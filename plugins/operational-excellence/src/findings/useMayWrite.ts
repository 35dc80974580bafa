import {
  operationalExcellenceExerciseManagePermission as exerciseManage,
  operationalExcellenceReadinessTestPerformPermission as readinessTestPerform,
} from 'backstage-plugin-operational-excellence-common';
import { Allowance, useAllowance } from '../allowance';
import { useTexts } from '../translation';

/**
 * Whether the reader may write down findings of a service that come from its
 * exercises, or from its readiness tests.
 *
 * @param owner - the title of who owns the service, where known
 */
export function useMayWrite(
  entityRef: string,
  of: 'exercise' | 'readiness-test',
  owner?: string | null,
): Allowance {
  const { t } = useTexts();
  return useAllowance(
    of === 'exercise' ? exerciseManage : readinessTestPerform,
    { entityRef, owner },
    {
      denied: permission => t('findings.mayNot', { permission }),
      deniedOwned: (permission, by) =>
        t('findings.mayNotOwned', { permission, owner: by }),
      unchecked: message => t('findings.mayNotBeChecked', { message }),
    },
  );
}
