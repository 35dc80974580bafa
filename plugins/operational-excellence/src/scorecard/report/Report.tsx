import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import PrintIcon from '@material-ui/icons/Print';
import Skeleton from '@material-ui/lab/Skeleton';
import type { Rollup } from 'backstage-plugin-operational-excellence-common';
import { Link as RouterLink } from 'react-router-dom';
import { LoadFailure } from '../../feedback';
import { Printable } from '../../print';
import { exactInstant } from '../../time';
import { percent } from '../../timeReport';
import { useTexts } from '../../translation';
import { FilterKey, ScorecardView, searchOf } from '../scorecardView';
import { FigureTable } from './FigureTable';
import { ScorecardReport, useReport } from './useReport';
import { useReportStyles } from './useReportStyles';
import { useViewWords } from './useViewWords';
import { WorstGroups } from './WorstGroups';
import { WorstServices } from './WorstServices';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** How many improvements wait, and how much of the time they get. */
const Improvements = (props: { rollup: Rollup }) => {
  const { allClosed90d, closed90d, improvementShare90d, openCount, starved } =
    props.rollup;
  const { t } = useTexts();
  return (
    <p>
      {t('report.improvements', {
        open: openCount.toLocaleString(),
        starved: starved.toLocaleString(),
      })}{' '}
      {improvementShare90d === null
        ? t('report.noShare')
        : t('report.share', {
            share: percent(improvementShare90d),
            closed: closed90d.toLocaleString(),
            all: allClosed90d.toLocaleString(),
          })}
    </p>
  );
};

const Sheet = (props: {
  by: FilterKey;
  report: ScorecardReport;
  view: ScorecardView;
}) => {
  const { by, report, view } = props;
  const classes = useReportStyles();
  const { t } = useTexts();
  const { filters, subject } = useViewWords(view, report);
  const { rollup } = report;
  return (
    <Printable>
      <Paper className={classes.root}>
        <Typography variant="h5" component="h2">
          {t('report.title', { subject })}
        </Typography>
        <p className={classes.small}>
          {[
            t('age.asOf', { instant: exactInstant(report.asOf) }),
            rollup && t('report.services', { count: rollup.services }),
            ...filters,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {rollup && (
          <>
            <FigureTable rollup={rollup} />
            <Improvements rollup={rollup} />
          </>
        )}
        <WorstGroups by={by} groups={report.groups} />
        <WorstServices services={report.services} />
      </Paper>
    </Printable>
  );
};

/** What the scorecard says of some services, on one sheet. */
export const Report = (props: {
  view: ScorecardView;
  starred: readonly string[];
}) => {
  const { starred, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const by = view.by ?? 'owner';
  const report = useReport(view, by, starred);

  const content = () => {
    switch (report.status) {
      case 'loading':
        return (
          <Paper role="status" aria-label={t('report.loading')}>
            <Skeleton variant="rect" height={400} />
          </Paper>
        );
      case 'ready':
        return <Sheet by={by} report={report.value} view={view} />;
      default:
        return (
          <Paper>
            <LoadFailure failure={report} />
          </Paper>
        );
    }
  };
  return (
    <div className={classes.root}>
      <div className={classes.actions}>
        <Button
          size="small"
          variant="contained"
          color="primary"
          startIcon={<PrintIcon />}
          disabled={report.status !== 'ready'}
          onClick={() => window.print()}
        >
          {t('report.print')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          component={RouterLink}
          to={{ search: searchOf({ ...view, report: false }) }}
          role={undefined}
        >
          {t('report.back')}
        </Button>
      </div>
      {content()}
    </div>
  );
};
