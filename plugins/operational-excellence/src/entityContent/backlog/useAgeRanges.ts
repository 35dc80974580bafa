import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import type { AgeRange } from '../../charts/ages';
import { useTexts } from '../../translation';

/** The ranges of age with a title each. */
export function useAgeRanges(
  distribution: ServiceDetail['ageDistribution'],
): AgeRange[] {
  const { t } = useTexts();
  return distribution.map(range => ({
    ...range,
    title:
      range.toDays === null
        ? t('tab.ages.over', { from: `${range.fromDays}` })
        : t('tab.ages.between', {
            from: `${range.fromDays}`,
            to: `${range.toDays}`,
          }),
  }));
}
