import type { ReadinessTest } from 'backstage-plugin-operational-excellence-common';
import { useListStyles } from '../../entityContent/useListStyles';
import { Who } from '../../exercises/words';
import { dayOf, Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';

/** When a test was finished and by whom, or begun where it is not. */
export const TestMoment = (props: { test: ReadinessTest; now: number }) => {
  const { now, test } = props;
  const { performedAt, performedBy, startedAt, startedBy, state } = test;
  const classes = useListStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const isEnded = state !== 'open' && performedAt;
  const who = isEnded ? performedBy : startedBy;
  return (
    <>
      {isEnded ? (
        <Moment instant={performedAt}>{dayOf(performedAt)}</Moment>
      ) : (
        <Moment instant={startedAt}>
          {t('readinessRuns.list.startedAgo', {
            ago: words.ago(startedAt, now),
          })}
        </Moment>
      )}
      {who && (
        <div className={classes.secondary}>
          <Who who={who} />
        </div>
      )}
    </>
  );
};
