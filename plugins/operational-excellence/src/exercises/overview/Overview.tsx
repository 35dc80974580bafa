import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { Environments } from '../../environments';
import { OpenFindings } from '../../findings';
import { UnguardedRuns } from '../../guardrails';
import { useNow } from '../../time';
import { useTexts } from '../../translation';
import { useGameDayLinks } from '../links';
import { CalendarView } from './CalendarView';
import { ListView } from './ListView';
import { MissedExercises } from './MissedExercises';
import { OverviewFilters } from './OverviewFilters';
import { SubscribeDialog } from './SubscribeDialog';
import { useOverviewView } from './useOverviewView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  spacer: { flex: 1 },
  toggle: {
    textTransform: 'none',
    color: theme.palette.text.primary,
    padding: theme.spacing(0.5, 1.5),
    // The theme's own is too faint on what is chosen.
    '&&.Mui-selected': { color: theme.palette.text.primary },
  },
}));

/** All exercises of the organisation: what is planned, missed, and was held. */
export const Overview = () => {
  const classes = useStyles();
  const links = useGameDayLinks();
  const now = useNow();
  const [view, change] = useOverviewView();
  const [isSubscribing, setSubscribing] = useState(false);
  const { t } = useTexts();
  return (
    <div className={classes.root}>
      <div className={classes.bar}>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={view.shows}
          aria-label={t('exercises.views')}
          onChange={(_, shows: 'calendar' | 'list' | null) =>
            shows && change({ shows })
          }
        >
          <ToggleButton value="calendar" className={classes.toggle}>
            {t('exercises.calendar.title')}
          </ToggleButton>
          <ToggleButton value="list" className={classes.toggle}>
            {t('exercises.timeline')}
          </ToggleButton>
        </ToggleButtonGroup>
        <span className={classes.spacer} />
        <Button
          size="small"
          variant="outlined"
          aria-haspopup="dialog"
          onClick={() => setSubscribing(true)}
        >
          {t('exercises.subscribe.open')}
        </Button>
        {links && (
          <Button
            size="small"
            variant="contained"
            color="primary"
            component={RouterLink}
            to={links.plan()}
            role={undefined}
          >
            {t('exercises.plan.open')}
          </Button>
        )}
      </div>
      <MissedExercises view={view} onChange={change} />
      <OverviewFilters view={view} onChange={change} />
      {view.shows === 'calendar' ? (
        <CalendarView view={view} now={now} onChange={change} />
      ) : (
        <ListView view={view} now={now} />
      )}
      <OpenFindings />
      <Environments />
      <UnguardedRuns now={now} />
      {isSubscribing && (
        <SubscribeDialog onClose={() => setSubscribing(false)} />
      )}
    </div>
  );
};
