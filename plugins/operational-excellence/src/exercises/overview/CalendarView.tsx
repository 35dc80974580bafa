import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import LinearProgress from '@material-ui/core/LinearProgress';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ChevronLeftIcon from '@material-ui/icons/ChevronLeft';
import ChevronRightIcon from '@material-ui/icons/ChevronRight';
import Skeleton from '@material-ui/lab/Skeleton';
import { DateTime } from 'luxon';
import { LoadFailure } from '../../feedback';
import { useServiceChanges } from '../../improvements';
import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { useTexts } from '../../translation';
import { Agenda } from './Agenda';
import { weeksOf } from './calendarDays';
import { MonthCalendar } from './MonthCalendar';
import { isNarrowed, monthOf, nameOfMonth, OverviewView } from './overviewView';
import { Month, useMonth } from './useMonth';
import type { ChangeOverview } from './useOverviewView';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(0, 2, 2), minWidth: 0 },
  progress: { height: 2, margin: theme.spacing(0, -2) },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    padding: theme.spacing(1, 0),
  },
  month: { minWidth: 160, fontSize: '1.125rem', fontWeight: 600, margin: 0 },
  note: { padding: theme.spacing(1, 0.5) },
}));

/** The exercises of a month, as a calendar, or as an agenda where it is narrow. */
export const CalendarView = (props: {
  view: OverviewView;
  now: number;
  onChange: ChangeOverview;
}) => {
  const { now, onChange, view } = props;
  const classes = useStyles();
  const isNarrow = useIsNarrow();
  const changes = useServiceChanges();
  const { t } = useTexts();
  const month = monthOf(view, now);
  const days = isNarrow ? [month, month.endOf('month')] : weeksOf(month).flat();
  const loaded = useMonth(view, days[0], days[days.length - 1], changes);
  const name = month.toLocaleString({ month: 'long', year: 'numeric' });
  const goTo = (next: DateTime) => onChange({ month: nameOfMonth(next, now) });
  const isBusy =
    loaded.status === 'loading' ||
    (loaded.status === 'ready' && loaded.refreshing);

  const shown = ({ exercises, hidden }: Month) => (
    <>
      {hidden > 0 && (
        <Typography variant="body2" className={classes.note}>
          {t('exercises.calendar.hidden', { count: hidden })}
        </Typography>
      )}
      {isNarrow ? (
        <Agenda
          exercises={exercises}
          label={t('exercises.calendar.agenda', { month: name })}
          now={now}
        />
      ) : (
        <MonthCalendar
          month={month}
          exercises={exercises}
          now={now}
          onMonth={goTo}
        />
      )}
      {exercises.length === 0 && !isBusy && (
        <Typography
          variant="body2"
          color="textSecondary"
          role="status"
          className={classes.note}
        >
          {isNarrowed(view)
            ? t('exercises.calendar.noneMatches', { month: name })
            : t('exercises.calendar.none', { month: name })}
        </Typography>
      )}
    </>
  );

  return (
    <Paper className={classes.root} aria-busy={isBusy}>
      <div className={classes.progress}>
        {isBusy && (
          <LinearProgress
            className={classes.progress}
            aria-label={t('exercises.loading')}
          />
        )}
      </div>
      <div className={classes.bar}>
        <IconButton
          size="small"
          aria-label={t('exercises.calendar.before')}
          onClick={() => goTo(month.minus({ months: 1 }))}
        >
          <ChevronLeftIcon />
        </IconButton>
        <IconButton
          size="small"
          aria-label={t('exercises.calendar.after')}
          onClick={() => goTo(month.plus({ months: 1 }))}
        >
          <ChevronRightIcon />
        </IconButton>
        <h2 className={classes.month} aria-live="polite">
          {name}
        </h2>
        <Button size="small" onClick={() => onChange({ month: undefined })}>
          {t('exercises.calendar.today')}
        </Button>
      </div>
      {loaded.status === 'loading' && (
        <Skeleton variant="rect" height={isNarrow ? 240 : 540} />
      )}
      {loaded.status === 'ready' && shown(loaded.value)}
      {loaded.status !== 'loading' && loaded.status !== 'ready' && (
        <LoadFailure failure={loaded} />
      )}
    </Paper>
  );
};
