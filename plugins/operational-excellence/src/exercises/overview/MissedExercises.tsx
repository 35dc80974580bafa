import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { operationalExcellenceApiRef } from '../../api';
import { LoadFailure } from '../../feedback';
import { useServiceChanges } from '../../improvements';
import { isFailed, useLoadable } from '../../loading';
import { dayOf } from '../../time';
import { useTexts } from '../../translation';
import { useGameDayLinks } from '../links';
import { OverviewView, overviewQuery } from './overviewView';
import type { ChangeOverview } from './useOverviewView';

const SHOWN = 5;

const useStyles = makeStyles(theme => ({
  list: { margin: theme.spacing(0, 0, 1), paddingLeft: theme.spacing(2.5) },
  text: { overflowWrap: 'anywhere', minWidth: 0 },
}));

/** The exercises that were planned and did not take place. */
export const MissedExercises = (props: {
  view: OverviewView;
  onChange: ChangeOverview;
}) => {
  const { onChange, view } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const links = useGameDayLinks();
  const changes = useServiceChanges();
  const { t } = useTexts();
  const query = {
    ...overviewQuery({ ...view, stages: ['missed'] }),
    sort: '-start',
    limit: SHOWN,
  };
  const missed = useLoadable(`${JSON.stringify(query)} ${changes}`, signal =>
    api.getExercises(query, { signal }),
  );
  if (isFailed(missed)) {
    return (
      <Paper>
        <LoadFailure failure={missed} />
      </Paper>
    );
  }
  if (missed.status !== 'ready' || !missed.value.totalItems) return null;
  const { items, totalItems } = missed.value;
  return (
    <Alert severity="error" classes={{ message: classes.text }}>
      <AlertTitle>{t('exercises.missed', { count: totalItems })}</AlertTitle>
      <ul className={classes.list} aria-label={t('exercises.missedList')}>
        {items.map(({ id, plannedStart, title }) => (
          <li key={id}>
            {links ? <Link to={links.exercise(id)}>{title}</Link> : title}
            {`, ${dayOf(plannedStart)}`}
          </li>
        ))}
      </ul>
      {t('exercises.missedAction')}{' '}
      {totalItems > items.length && (
        <Button
          size="small"
          color="inherit"
          onClick={() => onChange({ shows: 'list', stages: ['missed'] })}
        >
          {t('exercises.allMissed')}
        </Button>
      )}
    </Alert>
  );
};
