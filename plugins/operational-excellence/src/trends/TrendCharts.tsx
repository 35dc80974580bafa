import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { Measure } from 'backstage-plugin-operational-excellence-common';
import { percent } from '../timeReport';
import { useTexts } from '../translation';
import { ExerciseTrend } from './ExerciseTrend';
import { LineTrend } from './LineTrend';
import { StateTrend } from './StateTrend';
import type { TrendDay } from './trendDays';
import { ageOn } from './trendFigures';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
  },
  chart: { paddingTop: theme.spacing(1.5), minWidth: 0 },
  wide: { gridColumn: '1 / -1' },
}));

const number = (value: number) => value.toLocaleString();

/** Every figure of a history; there is a day of which something is known. */
export const TrendCharts = (props: {
  days: TrendDay[];
  measure: Measure | undefined;
}) => {
  const { days, measure } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <div className={classes.root}>
      <Paper className={`${classes.chart} ${classes.wide}`}>
        <StateTrend days={days} measure={measure} />
      </Paper>
      <Paper className={classes.chart}>
        <LineTrend
          id="operational-excellence-trend-open"
          title={t('trends.open.title')}
          countLabel={t('trends.open.count')}
          days={days}
          series={[
            {
              title: t('trends.open.count'),
              valueOf: ({ openCount }) => openCount,
            },
          ]}
          format={number}
          describe={words => t('trends.open.description', words)}
        />
      </Paper>
      <Paper className={classes.chart}>
        <LineTrend
          id="operational-excellence-trend-age"
          title={t('trends.age.title')}
          countLabel={t('trends.age.count')}
          days={days}
          series={[
            {
              title: t('trends.age.oldest'),
              valueOf: point => ageOn(point, 'oldestCreatedAt'),
            },
            {
              title: t('trends.age.median'),
              valueOf: point => ageOn(point, 'medianCreatedAt'),
            },
          ]}
          format={number}
          describe={words => t('trends.age.description', words)}
        />
      </Paper>
      <Paper className={classes.chart}>
        <LineTrend
          id="operational-excellence-trend-share"
          title={t('trends.share.title')}
          countLabel={t('trends.share.count')}
          days={days}
          series={[
            {
              title: t('trends.share.count'),
              valueOf: point => point.improvementShare90d,
            },
          ]}
          format={percent}
          max={1}
          describe={words => t('trends.share.description', words)}
        />
      </Paper>
      <Paper className={classes.chart}>
        <ExerciseTrend days={days} />
      </Paper>
    </div>
  );
};
