import {
  MEASURE_STATES,
  type Measure,
  type StateCounts,
} from 'backstage-plugin-operational-excellence-common';
import { lazy } from 'react';
import { ChartOrTable } from '../entityContent/ChartOrTable';
import { useTexts } from '../translation';
import { HistoryTable } from './HistoryTable';
import { countedDays, TrendDay } from './trendDays';

// Loaded with the first chart, as it is large.
const StateHistoryChart = lazy(() => import('../charts/StateHistoryChart'));

const ID = 'operational-excellence-trend-states';

/** How many services were in which state, day by day. */
export const StateTrend = (props: {
  days: TrendDay[];
  measure: Measure | undefined;
}) => {
  const { days } = props;
  const measure = props.measure ?? 'service';
  const { t } = useTexts();
  const counted = countedDays(days);
  const present = MEASURE_STATES.filter(state =>
    counted.some(({ point }) => point.states[measure][state]),
  );
  const states = present.map(state => ({ state, title: t(`state.${state}`) }));
  const inWords = (counts: StateCounts) =>
    states
      .filter(({ state }) => counts[state])
      .map(({ state, title }) =>
        t('trends.states.part', {
          count: counts[state] ?? 0,
          state: title,
        }),
      )
      .join(', ') || t('trends.states.nothing');
  const title = t('trends.states.title');
  const [first] = counted;
  const last = counted[counted.length - 1];
  return (
    <ChartOrTable
      id={ID}
      title={`${title}: ${t(`measure.${measure}`)}`}
      level={2}
      table={
        <HistoryTable
          label={title}
          rowHead={t('trends.day')}
          columns={states.map(each => each.title)}
          rows={days.map(({ point, ...day }) => ({
            title: day.title,
            cells: states.map(({ state }) =>
              point
                ? (point.states[measure][state] ?? 0).toLocaleString()
                : t('trends.notCounted'),
            ),
          }))}
        />
      }
      chart={
        <StateHistoryChart
          id={`${ID}-chart`}
          days={days.map(({ point, shortTitle, title: day }) => ({
            shortTitle,
            title: day,
            counts: point?.states[measure],
          }))}
          states={states}
          countLabel={t('trends.states.count')}
          blankLabel={t('trends.notCounted')}
          label={t('trends.states.description', {
            from: first.title,
            to: last.title,
            first: inWords(first.point.states[measure]),
            last: inWords(last.point.states[measure]),
          })}
        />
      }
    />
  );
};
