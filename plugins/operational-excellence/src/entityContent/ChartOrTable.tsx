import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { ReactNode, Suspense, useState } from 'react';
import { CHART_HEIGHT } from '../charts/chartHeight';
import { useTexts } from '../translation';

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

/** A chart, or the same numbers as a table for whom that serves better. */
export const ChartOrTable = (props: {
  /** Unique on the page. */
  id: string;
  title: string;
  /** The level of its heading; 3 if left out. */
  level?: 2 | 3;
  /** May be loaded with the first look at it. */
  chart: ReactNode;
  table: ReactNode;
}) => {
  const { chart, id, level = 3, table, title } = props;
  const Heading = `h${level}` as const;
  const classes = useStyles();
  const { t } = useTexts();
  const [asTable, setAsTable] = useState(false);
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <Heading id={id} className={classes.title}>
          {title}
        </Heading>
        <Button
          size="small"
          aria-describedby={id}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('tab.chart.asChart') : t('tab.chart.asTable')}
        </Button>
      </div>
      {asTable ? (
        table
      ) : (
        <Suspense
          fallback={
            <div role="status" aria-label={t('tab.chart.loading')}>
              <Skeleton variant="rect" height={CHART_HEIGHT} />
            </div>
          }
        >
          {chart}
        </Suspense>
      )}
    </div>
  );
};
