import type { Rollup } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import type { FilterKey } from '../scorecardView';

/** What a group is called; in words where it is that of the services in none. */
export function useGroupTitle(
  by: FilterKey,
  { key, title }: Pick<Rollup, 'key' | 'title'>,
): string {
  const { t } = useTexts();
  return key === null ? t(`groups.none.${by}`) : title ?? key;
}
