import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { InitiativeFilter } from 'backstage-plugin-operational-excellence-common';
import type { FacetTitles } from '../../facets';
import { useTexts } from '../../translation';
import { FILTER_KEYS } from './filterKeys';

/**
 * Which services an initiative is for, a phrase for each filter.
 *
 * @param titleOf - knows the titles of groups; their names are told without
 */
export function useFilterWords(
  titleOf: FacetTitles,
): (filter: InitiativeFilter) => string[] {
  const { t } = useTexts();
  return filter => {
    const phrases = FILTER_KEYS.flatMap(key => {
      const values = filter[key] ?? [];
      if (!values.length) return [];
      const titles = values.map(value => titleOf(key, value) ?? nameOf(value));
      return t(`initiatives.filter.${key}`, {
        values: titles.join(t('initiatives.filter.or')),
      });
    });
    if (filter.q) phrases.push(t('initiatives.filter.q', { text: filter.q }));
    return phrases.length ? phrases : [t('initiatives.filter.all')];
  };
}

/** The name that a reference has in it; what is no reference stays as it is. */
function nameOf(value: string): string {
  try {
    const ref = parseEntityRef(value);
    return stringifyEntityRef(ref) === value.toLowerCase() ? ref.name : value;
  } catch {
    return value;
  }
}
