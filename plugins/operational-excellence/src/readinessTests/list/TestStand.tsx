import { makeStyles } from '@material-ui/core/styles';
import type { ReadinessTest } from 'backstage-plugin-operational-excellence-common';
import { VerdictLabel } from '../../entityContent/readiness/VerdictLabel';
import { useTexts } from '../../translation';
import { TestStateLabel } from '../words';

const useStyles = makeStyles(theme => ({
  secondary: {
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
}));

/** What a test has come to, or how far it has. */
export const TestStand = (props: { test: ReadinessTest }) => {
  const { answered, failing, itemCount, state, verdict } = props.test;
  const classes = useStyles();
  const { t } = useTexts();
  const progress = [
    state === 'open' &&
      t('readinessRuns.list.progress', {
        answered: `${answered}`,
        total: `${itemCount}`,
      }),
    failing > 0 && t('readinessRuns.list.failing', { failing: `${failing}` }),
  ].filter(Boolean);
  return (
    <>
      {state === 'finished' && verdict ? (
        <VerdictLabel verdict={verdict} />
      ) : (
        <TestStateLabel state={state} />
      )}
      {state === 'awaiting-sign-off' && verdict && (
        <div>
          <VerdictLabel verdict={verdict} />
        </div>
      )}
      {progress.length > 0 && (
        <div className={classes.secondary}>{progress.join(', ')}</div>
      )}
    </>
  );
};
