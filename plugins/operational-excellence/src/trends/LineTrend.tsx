import type { DailyPoint } from 'backstage-plugin-operational-excellence-common';
import { lazy } from 'react';
import { ChartOrTable } from '../entityContent/ChartOrTable';
import { useTexts } from '../translation';
import { HistoryTable } from './HistoryTable';
import { countedDays, TrendDay } from './trendDays';

// Loaded with the first chart, as it is large.
const LineHistoryChart = lazy(() => import('../charts/LineHistoryChart'));

/** A figure that each point has, or has not. */
export interface TrendSeries {
  title: string;
  valueOf: (point: DailyPoint) => number | null;
}

/** How figures changed, day by day. */
export const LineTrend = (props: {
  /** Unique on the page. */
  id: string;
  title: string;
  countLabel: string;
  days: TrendDay[];
  series: [TrendSeries, ...TrendSeries[]];
  format: (value: number) => string;
  max?: number;
  /** All of it in words. */
  describe: (words: {
    from: string;
    to: string;
    first: string;
    last: string;
  }) => string;
}) => {
  const { countLabel, days, describe, format, id, max, series, title } = props;
  const { t } = useTexts();
  const inWords = (value: number | null) =>
    value === null ? t('trends.unknownValue') : format(value);
  const counted = countedDays(days);
  const [first] = counted;
  const last = counted[counted.length - 1];
  const { valueOf } = series[0];
  return (
    <ChartOrTable
      id={id}
      title={title}
      level={2}
      table={
        <HistoryTable
          label={title}
          rowHead={t('trends.day')}
          columns={series.map(each => each.title)}
          rows={days.map(day => ({
            title: day.title,
            cells: series.map(each =>
              day.point
                ? inWords(each.valueOf(day.point))
                : t('trends.notCounted'),
            ),
          }))}
        />
      }
      chart={
        <LineHistoryChart
          days={days}
          series={series.map(each => ({
            title: each.title,
            values: days.map(({ point }) =>
              point ? each.valueOf(point) : null,
            ),
          }))}
          countLabel={countLabel}
          format={format}
          max={max}
          blankLabel={t('trends.unknownValue')}
          label={describe({
            from: first.title,
            to: last.title,
            first: inWords(valueOf(first.point)),
            last: inWords(valueOf(last.point)),
          })}
        />
      }
    />
  );
};
