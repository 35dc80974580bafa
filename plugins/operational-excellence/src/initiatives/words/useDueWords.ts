import {
  DAY_MS,
  type Initiative,
} from 'backstage-plugin-operational-excellence-common';
import { utcDayOf } from '../../time';
import { useTexts } from '../../translation';

/** Until when an initiative is to be reached, and how far ahead that is. */
export function useDueWords(): (
  initiative: Pick<Initiative, 'dueOn' | 'state'>,
  now: number,
) => string {
  const { t } = useTexts();
  return ({ dueOn, state }, now) => {
    const day = utcDayOf(dueOn);
    if (state === 'closed') return day;
    const count = Math.round(
      (Date.parse(dueOn) - Math.floor(now / DAY_MS) * DAY_MS) / DAY_MS,
    );
    if (count === 0) return t('initiatives.due.today', { day });
    return count > 0
      ? t('initiatives.due.inDays', { day, count })
      : t('initiatives.due.ago', { day, count: -count });
  };
}
