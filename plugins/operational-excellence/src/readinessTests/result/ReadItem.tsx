import type {
  ReadinessAnswer,
  ReadinessItem,
} from 'backstage-plugin-operational-excellence-common';
import { ReactNode } from 'react';
import { Who } from '../../exercises/words';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { itemElementId } from '../items';
import { AnswerView } from '../running/AnswerView';
import { ItemHead } from '../running/ItemHead';
import { useItemStyles } from '../running/useItemStyles';

/** An item as it was answered. */
export const ReadItem = (props: {
  item: ReadinessItem;
  answer: ReadinessAnswer | undefined;
  now: number;
  children?: ReactNode;
}) => {
  const { answer, children, item, now } = props;
  const classes = useItemStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const elementId = itemElementId(item.id);
  const questionId = `${elementId}-question`;
  return (
    <article
      id={elementId}
      tabIndex={-1}
      aria-labelledby={questionId}
      className={classes.root}
    >
      <ItemHead id={questionId} item={item} />
      <AnswerView
        value={answer?.value}
        note={answer?.note ?? null}
        evidence={answer?.evidence ?? []}
      />
      {answer && (
        <div className={classes.state}>
          <Who who={answer.answeredBy} />
          <Moment instant={answer.answeredAt}>
            {t('readinessRuns.item.answered', {
              ago: words.ago(answer.answeredAt, now),
            })}
          </Moment>
        </div>
      )}
      {children}
    </article>
  );
};
