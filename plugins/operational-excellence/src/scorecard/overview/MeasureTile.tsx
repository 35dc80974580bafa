import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ATTENTION_STATES,
  MEASURE_STATES,
  type MeasureState,
  type Rollup,
} from 'backstage-plugin-operational-excellence-common';
import { StateLabel } from '../../states';
import { percent } from '../../timeReport';
import { useTexts } from '../../translation';
import { listOf, ScorecardView } from '../scorecardView';
import { useIsNarrow } from '../useIsNarrow';
import { attentionCount, Counted } from './attention';
import { StateBar } from './StateBar';
import { ViewLink } from './ViewLink';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1),
    alignContent: 'start',
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(1.5),
    fontFamily: theme.typography.fontFamily,
    background: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: theme.spacing(1),
    fontSize: '0.8125rem',
  },
  name: { flexBasis: '100%', fontWeight: 600, fontSize: '0.875rem' },
  attention: { fontSize: '1.5rem', fontWeight: 600, lineHeight: 1.2 },
  share: { color: theme.palette.text.secondary },
  states: {
    display: 'grid',
    gap: theme.spacing(0.25, 1.5),
    gridTemplateColumns: 'repeat(auto-fill, minmax(128px, 1fr))',
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: '0.75rem',
  },
  state: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    padding: theme.spacing(0.125, 0.5),
    // As tall as a finger asks for.
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(0.75, 0.5) },
    textDecoration: 'none',
    'a&:hover': { textDecoration: 'underline' },
    '&[aria-current]': {
      boxShadow: `inset 0 0 0 1px ${theme.palette.text.primary}`,
    },
  },
  count: { fontVariantNumeric: 'tabular-nums', fontWeight: 600 },
}));

const sameStates = (a: readonly MeasureState[], b: readonly MeasureState[]) =>
  a.length === b.length && a.every(state => b.includes(state));

/** How services stand in one measure; each number opens the list it counts. */
export const MeasureTile = (props: {
  of: Counted;
  rollup: Rollup;
  view: ScorecardView;
}) => {
  const { of, rollup, view } = props;
  const classes = useStyles();
  const isNarrow = useIsNarrow();
  const { t } = useTexts();
  const id = `operational-excellence-tile-${of}`;
  const measure = of === 'service' ? undefined : of;
  const counts = rollup.states[of];
  const attention = attentionCount(counts);
  const shown = isNarrow
    ? MEASURE_STATES.filter(state => counts[state])
    : MEASURE_STATES;
  const isShown = (states: readonly MeasureState[]) =>
    !view.by && view.measure === measure && sameStates(view.states, states);

  return (
    <section aria-labelledby={id} className={classes.root}>
      <div className={classes.head}>
        <Typography id={id} component="h2" className={classes.name}>
          {t(`measure.${of}`)}
        </Typography>
        {attention > 0 ? (
          <ViewLink
            view={listOf(view, ATTENTION_STATES, measure)}
            isCurrent={isShown(ATTENTION_STATES)}
          >
            <span className={classes.attention}>
              {attention.toLocaleString()}
            </span>{' '}
            {t('overview.attention')}
          </ViewLink>
        ) : (
          <span>
            <span className={classes.attention}>0</span>{' '}
            {t('overview.attention')}
          </span>
        )}
        <span className={classes.share}>
          {rollup.services > 0
            ? t('overview.ofServices', {
                share: percent(attention / rollup.services),
                services: rollup.services.toLocaleString(),
              })
            : t('overview.noServices')}
        </span>
      </div>
      <StateBar counts={counts} />
      <ul className={classes.states}>
        {shown.map(state => {
          const count = counts[state] ?? 0;
          return (
            <li key={state}>
              {count > 0 ? (
                <ViewLink
                  className={classes.state}
                  view={listOf(view, [state], measure)}
                  isCurrent={isShown([state])}
                >
                  <StateLabel state={state} />{' '}
                  <span className={classes.count}>
                    {count.toLocaleString()}
                  </span>
                </ViewLink>
              ) : (
                <span className={classes.state}>
                  <StateLabel state={state} /> <span>0</span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
