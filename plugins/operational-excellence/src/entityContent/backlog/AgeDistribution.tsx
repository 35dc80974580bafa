import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { lazy } from 'react';
import { useTexts } from '../../translation';
import { ChartOrTable } from '../ChartOrTable';
import { Note } from '../Note';
import { AgeTable } from './AgeTable';
import { useAgeMarks } from './useAgeMarks';
import { useAgeRanges } from './useAgeRanges';

// The charting library is as large as the rest of the plugin: it is loaded with
// the first chart, not with the page.
const AgeDistributionChart = lazy(
  () => import('../../charts/AgeDistributionChart'),
);

/** How old the open improvements are, as a chart or as a table. */
export const AgeDistribution = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { service, now } = props;
  const { t } = useTexts();
  const ranges = useAgeRanges(service.ageDistribution);
  const marks = useAgeMarks(service, now);

  if (service.backlog.openCount === 0) {
    return <Note>{t('tab.ages.empty')}</Note>;
  }
  return (
    <ChartOrTable
      id="operational-excellence-ages"
      title={t('tab.ages.title')}
      table={<AgeTable ranges={ranges} marks={marks} />}
      chart={
        <AgeDistributionChart
          ranges={ranges}
          marks={marks}
          label={t('tab.ages.description', {
            ages: ranges
              .map(({ title, count }) =>
                t('tab.ages.age', {
                  range: title,
                  open: count.toLocaleString(),
                }),
              )
              .join(', '),
            marks: marks.map(({ title }) => title).join(', '),
          })}
          ageLabel={t('tab.ages.days')}
          countLabel={t('tab.ages.count')}
          beyondLabel={t('tab.ages.beyond')}
        />
      }
    />
  );
};
