import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { lazy, Suspense, useState } from 'react';
import { CHART_HEIGHT } from '../../charts/chartHeight';
import { operationalExcellenceTranslationRef } from '../../translation';
import { AgeTable } from './AgeTable';
import { useAgeMarks } from './useAgeMarks';
import { useAgeRanges } from './useAgeRanges';

// The charting library is as large as the rest of the plugin: it is loaded with
// the first chart, not with the page.
const AgeDistributionChart = lazy(
  () => import('../../charts/AgeDistributionChart'),
);

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(0, 2, 2) },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  title: { margin: 0, fontSize: '0.875rem', fontWeight: 600 },
}));

/** How old the open improvements are, as a chart or as a table. */
export const AgeDistribution = (props: {
  service: ServiceDetail;
  now: number;
}) => {
  const { service, now } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const [asTable, setAsTable] = useState(false);
  const ranges = useAgeRanges(service.ageDistribution);
  const marks = useAgeMarks(service, now);

  if (service.backlog.openCount === 0) {
    return (
      <Typography variant="body2" className={classes.root}>
        {t('tab.ages.empty')}
      </Typography>
    );
  }
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <h3 className={classes.title}>{t('tab.ages.title')}</h3>
        <Button size="small" onClick={() => setAsTable(!asTable)}>
          {asTable ? t('tab.ages.asChart') : t('tab.ages.asTable')}
        </Button>
      </div>
      {asTable ? (
        <AgeTable ranges={ranges} marks={marks} />
      ) : (
        <Suspense
          fallback={
            <div role="status" aria-label={t('tab.ages.loading')}>
              <Skeleton variant="rect" height={CHART_HEIGHT} />
            </div>
          }
        >
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
        </Suspense>
      )}
    </div>
  );
};
