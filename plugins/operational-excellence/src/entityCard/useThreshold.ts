import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceTranslationRef } from '../translation';

/** A threshold together with the policy that sets it. */
export function useThreshold(service: ServiceDetail) {
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const policy = service.policy
    ? t('card.policy', { policy: service.policy })
    : t('card.noPolicy');
  return (threshold: string) => `${threshold} (${policy})`;
}
