import { Duration } from 'luxon';
import { useTexts } from '../translation';
import { daysBetween } from './ages';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Spans of time in the words of the app's language. */
export function useTimeWords() {
  const { t } = useTexts();

  /** The units of a policy's duration, greatest first. */
  const unitWords = {
    years: (count: number) => t('age.years', { count }),
    months: (count: number) => t('age.months', { count }),
    weeks: (count: number) => t('age.weeks', { count }),
    days: (count: number) => t('age.days', { count }),
    hours: (count: number) => t('age.hours', { count }),
    minutes: (count: number) => t('age.minutes', { count }),
    seconds: (count: number) => t('age.seconds', { count }),
  };

  return {
    /** How old something is, such as 143 days. */
    age(instant: string, now: number): string {
      const count = daysBetween(instant, now);
      return count === 0 ? t('age.lessThanADay') : t('age.days', { count });
    },

    /** How long ago an instant was, such as 5 minutes ago. */
    ago(instant: string, now: number): string {
      const elapsed = now - Date.parse(instant);
      if (elapsed < MINUTE_MS) return t('age.justNow');
      if (elapsed < HOUR_MS) {
        return t('age.minutesAgo', { count: Math.floor(elapsed / MINUTE_MS) });
      }
      if (elapsed < DAY_MS) {
        return t('age.hoursAgo', { count: Math.floor(elapsed / HOUR_MS) });
      }
      return t('age.daysAgo', { count: daysBetween(instant, now) });
    },

    /** How far ahead an instant is, such as in 5 minutes. */
    ahead(instant: string, now: number): string {
      const left = Date.parse(instant) - now;
      if (left < MINUTE_MS) return t('age.momentarily');
      if (left < HOUR_MS) {
        return t('age.inMinutes', { count: Math.ceil(left / MINUTE_MS) });
      }
      if (left < DAY_MS) {
        return t('age.inHours', { count: Math.ceil(left / HOUR_MS) });
      }
      return t('age.inDays', { count: Math.ceil(left / DAY_MS) });
    },

    /** An ISO 8601 duration, such as 60 days. */
    duration(isoDuration: string): string {
      const duration = Duration.fromISO(isoDuration);
      return Object.entries(unitWords)
        .map(([unit, words]) => {
          const count = duration.get(unit as keyof typeof unitWords);
          return count ? words(count) : undefined;
        })
        .filter(Boolean)
        .join(' ');
    },
  };
}
