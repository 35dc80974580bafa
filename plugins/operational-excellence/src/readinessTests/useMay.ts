import {
  operationalExcellenceReadinessTestPerformPermission,
  operationalExcellenceReadinessTestSignOffPermission,
} from 'backstage-plugin-operational-excellence-common';
import { Allowance, DenialWords, useAllowance } from '../allowance';
import { useTexts } from '../translation';

interface TestedService {
  entityRef: string;
  /** The title of who owns it, where known. */
  owner?: string | null;
}

function useDenialWords(): DenialWords {
  const { t } = useTexts();
  return {
    denied: permission => t('readinessRuns.mayNot', { permission }),
    deniedOwned: (permission, owner) =>
      t('readinessRuns.mayNotOwned', { permission, owner }),
    unchecked: message => t('readinessRuns.mayNotBeChecked', { message }),
  };
}

/** Whether the reader may run readiness tests of a service. */
export function useMayPerform(service: TestedService): Allowance {
  return useAllowance(
    operationalExcellenceReadinessTestPerformPermission,
    service,
    useDenialWords(),
  );
}

/** Whether the reader may sign off readiness tests of a service. */
export function useMaySignOff(service: TestedService): Allowance {
  return useAllowance(
    operationalExcellenceReadinessTestSignOffPermission,
    service,
    useDenialWords(),
  );
}
