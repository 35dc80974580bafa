import type { TimeReport } from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import type { FlowPeriod } from '../charts/FlowPeriod';
import { utcDayOf } from '../time';
import { useTexts } from '../translation';

/** The weeks of a report with their titles; the last one is not over yet. */
export function useWeeks(report: TimeReport): FlowPeriod[] {
  const { t } = useTexts();
  return report.weeks.map(({ closed, from, opened }, index) => ({
    opened,
    closed,
    shortTitle: DateTime.fromISO(from, { zone: 'utc' }).toLocaleString({
      day: 'numeric',
      month: 'short',
    }),
    title:
      index === report.weeks.length - 1
        ? t('tab.time.currentWeek', { day: utcDayOf(from) })
        : t('tab.time.week', { day: utcDayOf(from) }),
  }));
}
