import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { useLoopStyles } from './useLoopStyles';

/** Why an improvement is no ticket yet. */
export const DeliveryNote = (props: {
  improvement: Improvement;
  now: number;
}) => {
  const { improvement, now } = props;
  const { createdAt, delivery, tracker } = improvement;
  const classes = useLoopStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <div>
      {delivery.state === 'rejected' ? (
        <strong>{t('improvement.rejected', { tracker: tracker.title })}</strong>
      ) : (
        <>
          <Moment instant={createdAt}>
            {t('tab.loop.waitsSince', {
              tracker: tracker.title,
              ago: words.ago(createdAt, now),
            })}
          </Moment>
          {delivery.nextAttemptAt && (
            <>
              {'. '}
              {t('improvement.nextAttempt', {
                ahead: words.ahead(delivery.nextAttemptAt, now),
              })}
            </>
          )}
        </>
      )}
      {delivery.reason && (
        <div className={classes.words}>{delivery.reason}</div>
      )}
    </div>
  );
};
