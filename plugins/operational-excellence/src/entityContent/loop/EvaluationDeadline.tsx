import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { dayOf, Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';

/** Since when an improvement is done, and until when it is to be evaluated. */
export const EvaluationDeadline = (props: {
  improvement: Improvement;
  now: number;
}) => {
  const { improvement, now } = props;
  const { doneAt, evaluationDueAt, stage } = improvement;
  const words = useTimeWords();
  const { t } = useTexts();
  if (doneAt === null) return null;
  return (
    <div>
      <Moment instant={doneAt}>
        {t('tab.loop.done', { ago: words.ago(doneAt, now) })}
      </Moment>
      {evaluationDueAt !== null && (
        <>
          {'; '}
          <Moment instant={evaluationDueAt}>
            {stage === 'evaluation-overdue'
              ? t('tab.loop.dueSince', { day: dayOf(evaluationDueAt) })
              : t('tab.loop.dueBy', { day: dayOf(evaluationDueAt) })}
          </Moment>
        </>
      )}
    </div>
  );
};
