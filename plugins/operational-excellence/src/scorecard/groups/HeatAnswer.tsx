import { makeStyles } from '@material-ui/core/styles';
import {
  ATTENTION_STATES,
  MEASURE_STATES,
  type Measure,
  type MeasureState,
  type StateCounts,
} from 'backstage-plugin-operational-excellence-common';
import { percent } from '../../timeReport';
import { useTexts } from '../../translation';
import { attentionCount, ViewLink } from '../overview';
import { listOf, ScorecardView } from '../scorecardView';

const useStyles = makeStyles({
  count: { fontWeight: 600 },
  states: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: 8,
    fontSize: '0.75rem',
    '& a, & span': { whiteSpace: 'nowrap' },
  },
});

/** What is fine is not told beside what is not. */
const FINE: readonly MeasureState[] = ['ok', 'not-required'];

/** How the services of a group stand in one measure, in numbers and words. */
export const HeatAnswer = (props: {
  measure: Measure;
  counts: StateCounts;
  services: number;
  /** The scorecard of the group. */
  view: ScorecardView;
}) => {
  const { counts, measure, services, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const attention = attentionCount(counts);
  const told = MEASURE_STATES.filter(
    state => counts[state] && !FINE.includes(state),
  );
  return (
    <>
      {attention > 0 && (
        <div>
          <ViewLink
            className={classes.count}
            view={listOf(view, ATTENTION_STATES, measure)}
            title={t('groups.attention')}
          >
            {attention.toLocaleString()}
          </ViewLink>{' '}
          ({percent(attention / services)})
        </div>
      )}
      <div className={classes.states}>
        {told.map(state => (
          <ViewLink key={state} view={listOf(view, [state], measure)}>
            {t('groups.inState', {
              services: (counts[state] ?? 0).toLocaleString(),
              state: t(`state.${state}`),
            })}
          </ViewLink>
        ))}
        {told.length === 0 && (
          <span>{t(counts.ok ? 'state.ok' : 'state.not-required')}</span>
        )}
      </div>
    </>
  );
};
