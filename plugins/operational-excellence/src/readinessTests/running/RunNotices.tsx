import Alert from '@material-ui/lab/Alert';
import { errorText } from '../../feedback';
import { useTexts } from '../../translation';
import type { Answering } from '../answers';

/** What a reload has brought back, or would take away. */
export const RunNotices = (props: { answering: Answering; denial: string }) => {
  const { answering, denial } = props;
  const { failure, restored } = answering;
  const { t } = useTexts();
  return (
    <>
      {denial && (
        <Alert severity="info">
          {t('readinessRuns.readOnly')} {denial}
        </Alert>
      )}
      {restored > 0 && (
        <Alert severity="info" role="status">
          {t('readinessRuns.progress.restored', { count: restored })}
        </Alert>
      )}
      {failure && (
        <Alert severity="warning" role="alert">
          {t('readinessRuns.progress.notKept', { message: errorText(failure) })}
        </Alert>
      )}
    </>
  );
};
