import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';

/** A threshold together with the policy that sets it. */
export function useThreshold(service: ServiceDetail) {
  const { t } = useTexts();
  const policy = service.policy
    ? t('card.policy', { policy: service.policy })
    : t('card.noPolicy');
  return (threshold: string) => `${threshold} (${policy})`;
}
