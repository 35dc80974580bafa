import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import type { ImprovementPrefill } from '../../improvements';
import { useTexts } from '../../translation';
import { alternativePrefill } from './alternativePrefill';

/** Begins the alternative to an improvement, in the words of the app's language. */
export function useAlternative(): (
  improvement: Improvement,
) => ImprovementPrefill {
  const { t } = useTexts();
  return improvement =>
    alternativePrefill(improvement, {
      title: title => t('tab.loop.alternativeTitle', { title }),
      description: ({ measured, ticket, title }) =>
        measured === null
          ? t('tab.loop.alternativeText', { title, ticket })
          : t('tab.loop.alternativeTextMeasured', { title, ticket, measured }),
    });
}
