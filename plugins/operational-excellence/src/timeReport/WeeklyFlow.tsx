import type { TimeReport } from 'backstage-plugin-operational-excellence-common';
import { lazy } from 'react';
import { useTexts } from '../translation';
import { ChartOrTable } from '../entityContent/ChartOrTable';
import { Note } from '../entityContent/Note';
import { FlowTable } from './FlowTable';
import { useWeeks } from './useWeeks';

// Loaded with the first chart, as it is large.
const FlowChart = lazy(() => import('../charts/FlowChart'));

/** Improvements opened against closed, week by week. */
export const WeeklyFlow = (props: {
  report: TimeReport;
  /** The level of the heading of the chart. */
  level: 2 | 3;
}) => {
  const { t } = useTexts();
  const weeks = useWeeks(props.report);
  const sum = (of: 'opened' | 'closed') =>
    weeks.reduce((total, week) => total + week[of], 0);

  if (sum('opened') + sum('closed') === 0) {
    return <Note>{t('tab.time.noFlow', { count: weeks.length })}</Note>;
  }
  return (
    <ChartOrTable
      id="operational-excellence-flow"
      title={t('tab.time.perWeek')}
      level={props.level}
      table={<FlowTable weeks={weeks} />}
      chart={
        <FlowChart
          periods={weeks}
          label={t('tab.time.description', {
            opened: sum('opened').toLocaleString(),
            closed: sum('closed').toLocaleString(),
            count: weeks.length,
          })}
          openedLabel={t('tab.time.opened')}
          closedLabel={t('tab.time.closed')}
          countLabel={t('tab.time.count')}
        />
      }
    />
  );
};
