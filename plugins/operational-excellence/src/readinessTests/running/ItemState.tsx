import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import type { ReadinessAnswer } from 'backstage-plugin-operational-excellence-common';
import { Who } from '../../exercises/words';
import { errorText } from '../../feedback';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import type { AnswerState } from '../answers';
import { useItemStyles } from './useItemStyles';

/** Whether an answer is saved, and whose the saved one is. */
export const ItemState = (props: {
  question: string;
  answer: ReadinessAnswer | undefined;
  hasValue: boolean;
  state: AnswerState;
  now: number;
  onRetry: () => void;
  onWithdraw: () => void;
}) => {
  const { answer, hasValue, now, onRetry, onWithdraw, question, state } = props;
  const classes = useItemStyles();
  const words = useTimeWords();
  const { t } = useTexts();

  if (state.status === 'conflict') return null;
  if (state.status === 'failed') {
    return (
      <Alert
        severity="error"
        role="alert"
        action={
          <Button
            size="small"
            color="inherit"
            aria-label={t('readinessRuns.item.retryItem', { question })}
            onClick={onRetry}
          >
            {t('readinessRuns.item.retry')}
          </Button>
        }
      >
        {t('readinessRuns.item.failed', { message: errorText(state.error) })}
      </Alert>
    );
  }
  const saving = () => {
    if (state.status === 'saving') return t('readinessRuns.item.saving');
    if (state.status === 'incomplete') {
      return hasValue
        ? t('readinessRuns.item.incompleteFields')
        : t('readinessRuns.item.incomplete');
    }
    return answer ? t('readinessRuns.item.saved') : '';
  };
  return (
    <div className={classes.state}>
      <span role="status">{saving()}</span>
      {state.status === 'settled' && answer && (
        <span>
          <Who who={answer.answeredBy} />{' '}
          <Moment instant={answer.answeredAt}>
            {t('readinessRuns.item.answered', {
              ago: words.ago(answer.answeredAt, now),
            })}
          </Moment>
        </span>
      )}
      {state.status === 'settled' && answer && (
        <Button
          size="small"
          aria-label={t('readinessRuns.item.withdrawItem', { question })}
          onClick={onWithdraw}
        >
          {t('readinessRuns.item.withdraw')}
        </Button>
      )}
    </div>
  );
};
