import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Measure,
  MeasureState,
  Service,
} from 'backstage-plugin-operational-excellence-common';
import { ReactNode } from 'react';
import { StateLabel } from '../states';
import { dayOf, Moment } from '../time';
import { useTexts } from '../translation';
import { UnknownNote } from './UnknownNote';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1.5, 2),
    fontFamily: theme.typography.fontFamily,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: theme.spacing(0.25, 2),
  },
  name: { fontSize: '0.875rem', fontWeight: 600, margin: 0 },
  figure: { overflowWrap: 'anywhere', marginTop: theme.spacing(0.5) },
  note: { overflowWrap: 'anywhere' },
  problem: { overflowWrap: 'anywhere', marginTop: theme.spacing(0.5) },
}));

/** What every measure of a service has. */
export type MeasureStatus = Pick<
  Service['backlog'],
  | 'state'
  | 'underlyingState'
  | 'waivedUntil'
  | 'problem'
  | 'dueAt'
  | 'checkedAt'
>;

/** One of the three answers. */
export const MeasureLine = (props: {
  measure: Measure;
  status: MeasureStatus;
  now: number;
  /** The answer itself. */
  figure: ReactNode;
  /** Against which threshold, such as: at most 60 days, policy tier-1. */
  threshold: string;
  /** What to do next in a state, where something is to be done. */
  action?: (state: MeasureState) => ReactNode;
}) => {
  const { measure, status, now, figure, threshold, action } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const state = status.underlyingState ?? status.state;
  const due = dueInWords();

  function dueInWords() {
    if (!status.dueAt) return undefined;
    const day = dayOf(status.dueAt);
    if (day === dayOf(new Date(now).toISOString())) return t('card.dueToday');
    return Date.parse(status.dueAt) < now
      ? t('card.dueSince', { day })
      : t('card.dueBy', { day });
  }

  return (
    <section className={classes.root} aria-label={t(`measure.${measure}`)}>
      <div className={classes.head}>
        <h3 className={classes.name}>{t(`measure.${measure}`)}</h3>
        <StateLabel state={status.state} />
      </div>
      <Typography variant="body2" component="div" className={classes.figure}>
        {figure}
      </Typography>
      <Typography
        variant="body2"
        component="div"
        color="textSecondary"
        className={classes.note}
      >
        {threshold}
        {due && status.dueAt && (
          <>
            {' · '}
            <Moment instant={status.dueAt}>{due}</Moment>
          </>
        )}
      </Typography>
      {status.state === 'waived' && status.waivedUntil && (
        <Typography variant="body2" color="textSecondary">
          {t('card.waived', {
            day: dayOf(status.waivedUntil),
            state: t(`state.${state}`),
          })}
        </Typography>
      )}
      {state === 'unknown' && !(status.problem && !status.checkedAt) && (
        <UnknownNote checkedAt={status.checkedAt} now={now} />
      )}
      {status.problem && (
        <Typography variant="body2" className={classes.problem}>
          <strong>{t('card.problem')}:</strong> {status.problem}
        </Typography>
      )}
      {!status.problem && action?.(state)}
    </section>
  );
};
