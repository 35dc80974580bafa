import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  MEASURE_STATES,
  type MeasureState,
  type ServiceFacets,
} from 'backstage-plugin-operational-excellence-common';
import { ReactNode } from 'react';
import { StateLabel } from '../states';
import { useTexts } from '../translation';
import { ScorecardView } from './scorecardView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'repeat(auto-fit, minmax(104px, 1fr))',
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    minHeight: 76,
    padding: theme.spacing(1.25, 1),
    textAlign: 'left',
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.75rem',
    background: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    '& span': { whiteSpace: 'normal' },
    '&:hover': { borderColor: theme.palette.text.secondary },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 1,
    },
  },
  selected: {
    borderColor: theme.palette.primary.main,
    boxShadow: `inset 0 0 0 1px ${theme.palette.primary.main}`,
  },
  count: { fontSize: '1.5rem', fontWeight: 600, lineHeight: 1.2 },
}));

const Tile = (props: {
  count: ReactNode;
  selected: boolean;
  onClick: () => void;
  children: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <ButtonBase
      className={`${classes.tile} ${props.selected ? classes.selected : ''}`}
      aria-pressed={props.selected}
      onClick={props.onClick}
    >
      <Typography component="span" className={classes.count}>
        {props.count}
      </Typography>
      {props.children}
    </ButtonBase>
  );
};

/** How many services are in each state; a tile opens the list that it counts. */
export const StateTiles = (props: {
  counts: ServiceFacets['state'] | undefined;
  loading: boolean;
  view: ScorecardView;
  onChange: (change: Partial<ScorecardView>) => void;
}) => {
  const { counts, loading, view, onChange } = props;
  const classes = useStyles();
  const { t } = useTexts();

  const uncounted = loading ? <Skeleton width={32} /> : '—';
  const countOf = (state: MeasureState) =>
    counts ? counts.find(each => each.state === state)?.count ?? 0 : uncounted;
  const toggle = (state: MeasureState) =>
    onChange({
      states: view.states.includes(state)
        ? view.states.filter(each => each !== state)
        : [...view.states, state],
    });

  return (
    <div
      role="group"
      aria-label={t('scorecard.tiles')}
      className={classes.root}
    >
      <Tile
        count={
          counts ? counts.reduce((sum, { count }) => sum + count, 0) : uncounted
        }
        selected={view.states.length === 0}
        onClick={() => onChange({ states: [] })}
      >
        {t('scorecard.tileAll')}
      </Tile>
      {MEASURE_STATES.map(state => (
        <Tile
          key={state}
          count={countOf(state)}
          selected={view.states.includes(state)}
          onClick={() => toggle(state)}
        >
          <StateLabel state={state} />
        </Tile>
      ))}
    </div>
  );
};
