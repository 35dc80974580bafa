import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import type { FacetTitles } from '../../facets';
import { useTexts } from '../../translation';
import { FILTER_KEYS, FilterKey, ScorecardView } from '../scorecardView';

/** What a view is of, in words; without any where it is of all services. */
export function useViewWords(
  view: ScorecardView,
  read: { titleOf: FacetTitles; initiative: Initiative | undefined },
): { subject: string; filters: string[] } {
  const { t } = useTexts();
  const titleOf = (key: FilterKey, value: string) =>
    read.titleOf(key, value) ?? value;
  const properties = FILTER_KEYS.flatMap(key => {
    const values = [
      ...view.filters[key].map(value => titleOf(key, value)),
      ...(view.without.includes(key) ? [t(`groups.none.${key}`)] : []),
    ];
    return values.length ? [{ key, values: values.join(', ') }] : [];
  });
  const words = properties.map(({ key, values }) =>
    t('report.filter', { name: t(`scorecard.${key}`), values }),
  );
  const others = [
    view.states.length > 0 &&
      t('report.stateOf', {
        measure: t(`measure.${view.measure ?? 'service'}`),
        states: view.states.map(state => t(`state.${state}`)).join(', '),
      }),
    view.q && t('report.text', { text: view.q }),
    view.starved && t('time.onlyStarved'),
    view.starred && t('scorecard.onlyStarred'),
    read.initiative &&
      t('scorecard.ofInitiative', { title: read.initiative.title }) +
        (view.reached ? `, ${t(`scorecard.reached.${view.reached}`)}` : ''),
  ].filter((each): each is string => Boolean(each));

  // A report of one property is named after it.
  const [first, ...further] = properties;
  return first && !further.length
    ? { subject: first.values, filters: others }
    : { subject: t('report.everything'), filters: [...words, ...others] };
}
