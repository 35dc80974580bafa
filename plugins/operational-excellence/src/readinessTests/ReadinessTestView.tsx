import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import { ListSkeleton } from '../entityContent/ListSkeleton';
import { errorText, LoadFailure } from '../feedback';
import { announceServiceChange } from '../improvements';
import { useNow } from '../time';
import { useTexts } from '../translation';
import { useAnswerBook } from './answers';
import { itemsOf } from './items';
import { PrintedTest } from './printing';
import { FinishedTest } from './result/FinishedTest';
import { RunningTest } from './running/RunningTest';
import { useRunStyles } from './running/useRunStyles';
import { useReadinessTest } from './useReadinessTest';
import { useShownItem } from './useShownItem';

const LoadedTest = (props: {
  test: ReadinessTestDetail;
  onChanged: () => void;
}) => {
  const { onChanged, test } = props;
  const { t } = useTexts();
  const now = useNow();
  const answering = useAnswerBook(test);
  useShownItem(answering ? itemsOf(test).map(({ id }) => id) : []);
  if (!answering) return <ListSkeleton label={t('readinessRuns.loading')} />;
  const Shown = test.state === 'open' ? RunningTest : FinishedTest;
  return (
    <>
      <Shown
        test={test}
        answering={answering}
        now={now}
        onChanged={onChanged}
      />
      <PrintedTest test={test} />
    </>
  );
};

/** One readiness test: run, signed off, or read. */
export const ReadinessTestView = (props: { id: string }) => {
  const { last, loaded } = useReadinessTest(props.id);
  const classes = useRunStyles();
  const { t } = useTexts();

  if (loaded.status === 'not-found') {
    return (
      <Paper>
        <Box role="alert" p={2}>
          <Typography variant="subtitle1" component="p" gutterBottom>
            {t('readinessRuns.notFoundTitle')}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('readinessRuns.notFound')}
          </Typography>
        </Box>
      </Paper>
    );
  }
  if (!last) {
    return loaded.status === 'loading' || loaded.status === 'ready' ? (
      <ListSkeleton label={t('readinessRuns.loading')} />
    ) : (
      <Paper>
        <LoadFailure failure={loaded} />
      </Paper>
    );
  }
  return (
    <div className={classes.root}>
      {loaded.status === 'failed' && (
        <Alert severity="warning" role="alert">
          {t('readinessRuns.progress.stale', {
            message: errorText(loaded.error),
          })}
        </Alert>
      )}
      <LoadedTest
        key={last.id}
        test={last}
        onChanged={() => {
          announceServiceChange(last.entityRef);
          if ('reload' in loaded) loaded.reload();
        }}
      />
    </div>
  );
};
