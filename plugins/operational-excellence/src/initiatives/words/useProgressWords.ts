import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { percent } from '../../timeReport';
import { useTexts } from '../../translation';

type Progress = Initiative['progress'];

/** How many services have neither reached the goal nor are waived or unknown. */
export function leftOf(progress: Progress): number {
  const { reached, services, unknown, waived } = progress;
  return Math.max(0, services - reached - waived - unknown);
}

/** How far an initiative has come, in words. */
export function useProgressWords(): (progress: Progress) => string {
  const { t } = useTexts();
  return ({ reached, services }) =>
    services === 0
      ? t('initiatives.progress.none')
      : t('initiatives.progress.words', {
          count: services,
          reached: reached.toLocaleString(),
          share: percent(reached / services),
        });
}
