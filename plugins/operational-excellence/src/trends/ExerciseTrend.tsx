import { lazy } from 'react';
import { ChartOrTable } from '../entityContent/ChartOrTable';
import { Note } from '../entityContent/Note';
import { utcDayOf } from '../time';
import { useTexts } from '../translation';
import { HistoryTable } from './HistoryTable';
import { shortDay, TrendDay } from './trendDays';
import { exercisedIn } from './trendFigures';

// Loaded with the first chart, as it is large.
const FlowChart = lazy(() => import('../charts/FlowChart'));

/** So many days are still shown one by one; more of them by the week. */
const DAYS_BY_THEMSELVES = 31;

/** Game days held and readiness tests passed. */
export const ExerciseTrend = (props: { days: TrendDay[] }) => {
  const { days } = props;
  const { t } = useTexts();
  const by = days.length > DAYS_BY_THEMSELVES ? 'week' : 'day';
  const periods = exercisedIn(days, by, start => ({
    shortTitle: shortDay(start),
    title:
      by === 'week'
        ? t('trends.held.week', { day: utcDayOf(start) })
        : utcDayOf(start),
  }));
  const sum = (of: 'held' | 'passed') =>
    periods.reduce((total, period) => total + period[of], 0);
  if (sum('held') + sum('passed') === 0) {
    return <Note>{t('trends.held.none')}</Note>;
  }
  const title = t('trends.held.title');
  return (
    <ChartOrTable
      id="operational-excellence-trend-exercises"
      title={title}
      level={2}
      table={
        <HistoryTable
          label={title}
          rowHead={t('trends.held.period')}
          columns={[t('trends.held.gameDays'), t('trends.held.tests')]}
          rows={periods.map(({ held, passed, title: period }) => ({
            title: period,
            cells: [held.toLocaleString(), passed.toLocaleString()],
          }))}
        />
      }
      chart={
        <FlowChart
          periods={periods.map(({ held, passed, ...titles }) => ({
            ...titles,
            opened: held,
            closed: passed,
          }))}
          label={t('trends.held.description', {
            count: periods.length,
            held: sum('held').toLocaleString(),
            passed: sum('passed').toLocaleString(),
          })}
          openedLabel={t('trends.held.gameDays')}
          closedLabel={t('trends.held.tests')}
          countLabel={t('trends.held.count')}
        />
      }
    />
  );
};
