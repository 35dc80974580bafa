import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  MEASURES,
  type Page,
  type Rollup,
} from 'backstage-plugin-operational-excellence-common';
import type { Loadable } from '../../loading';
import { exactInstant } from '../../time';
import { useTexts } from '../../translation';
import { listOf, ScorecardView } from '../scorecardView';
import { COUNTED, countIn, STATES_WITHOUT_DATA } from './attention';
import { MeasureTile } from './MeasureTile';
import { ViewLink } from './ViewLink';

const useStyles = makeStyles(theme => ({
  tiles: {
    display: 'grid',
    gap: theme.spacing(1),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 250px), 1fr))',
  },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 2),
    marginTop: theme.spacing(1),
  },
}));

/** Of how many services nothing is known, and as of when the counts are. */
const Facts = (props: {
  rollup: Rollup;
  asOf: string;
  view: ScorecardView;
}) => {
  const { asOf, rollup, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <Typography variant="body2" component="div" className={classes.facts}>
      <span>{t('overview.asOf', { instant: exactInstant(asOf) })}</span>
      <span>
        <ViewLink view={listOf(view)}>
          {t('scorecard.total', { count: rollup.services })}
        </ViewLink>
      </span>
      <span title={t('overview.withoutDataHint')}>
        {t('overview.withoutData')}{' '}
        {MEASURES.map((measure, index) => {
          const count = countIn(rollup.states[measure], STATES_WITHOUT_DATA);
          const text = t('overview.withoutDataOf', {
            measure: t(`measure.${measure}`),
            services: count.toLocaleString(),
          });
          return (
            <span key={measure}>
              {index > 0 && ', '}
              {count > 0 ? (
                <ViewLink view={listOf(view, STATES_WITHOUT_DATA, measure)}>
                  {text}
                </ViewLink>
              ) : (
                text
              )}
            </span>
          );
        })}
      </span>
    </Typography>
  );
};

/** How many services are in each state of each measure, and as of when. */
export const Overview = (props: {
  rollups: Loadable<Page<Rollup>>;
  view: ScorecardView;
}) => {
  const { rollups, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const [rollup] = rollups.status === 'ready' ? rollups.value.items : [];

  if (rollups.status === 'loading') {
    return (
      <div
        role="status"
        aria-label={t('overview.loading')}
        className={classes.tiles}
      >
        {COUNTED.map(of => (
          <Skeleton key={of} variant="rect" height={190} />
        ))}
      </div>
    );
  }
  // What could not be counted is told where the list is.
  if (rollups.status !== 'ready' || !rollup) return null;
  return (
    <section aria-label={t('overview.title')} aria-busy={rollups.refreshing}>
      <div className={classes.tiles}>
        {COUNTED.map(of => (
          <MeasureTile key={of} of={of} rollup={rollup} view={view} />
        ))}
      </div>
      <Facts rollup={rollup} asOf={rollups.value.asOf} view={view} />
    </section>
  );
};
