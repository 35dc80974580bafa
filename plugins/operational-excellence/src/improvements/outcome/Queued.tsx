import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { errorText } from '../../feedback';
import { useNow, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { useDeliveryWatch } from './useDeliveryWatch';

/** An improvement that waits for its tracker, looked at until it does no more. */
export const Queued = (props: {
  improvement: Improvement;
  onUpdate: (improvement: Improvement) => void;
}) => {
  const { improvement, onUpdate } = props;
  const { t } = useTexts();
  const words = useTimeWords();
  const now = useNow();
  const watchFailure = useDeliveryWatch(improvement, onUpdate);
  const { nextAttemptAt, reason } = improvement.delivery;
  return (
    <Alert severity="info" role="status">
      <AlertTitle>{t('improvement.queuedTitle')}</AlertTitle>
      <Typography variant="body2">
        {t('improvement.queued', { tracker: improvement.tracker.title })}
      </Typography>
      {reason && (
        <Typography variant="body2" style={{ overflowWrap: 'anywhere' }}>
          {t('improvement.queuedReason', { reason })}
        </Typography>
      )}
      {nextAttemptAt && (
        <Typography variant="body2">
          {t('improvement.nextAttempt', {
            ahead: words.ahead(nextAttemptAt, now),
          })}
        </Typography>
      )}
      {watchFailure && (
        <Typography variant="body2" style={{ overflowWrap: 'anywhere' }}>
          {t('improvement.watchFailed', { message: errorText(watchFailure) })}
        </Typography>
      )}
    </Alert>
  );
};
