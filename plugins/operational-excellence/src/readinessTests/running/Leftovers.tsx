import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import type { ReadinessItem } from 'backstage-plugin-operational-excellence-common';
import { evidenceOf } from '../../evidence';
import { useTexts } from '../../translation';
import { AnswerBook, useBookChanges } from '../answers';
import { AnswerView } from './AnswerView';
import { useRunStyles } from './useRunStyles';

/** What the reader typed into a test that was ended before it was saved. */
export const Leftovers = (props: {
  book: AnswerBook;
  items: ReadinessItem[];
}) => {
  const { book, items } = props;
  useBookChanges(book);
  const classes = useRunStyles();
  const { t } = useTexts();
  const unsaved = book.unsaved();
  if (!unsaved.length) return null;
  return (
    <Alert severity="warning" role="alert">
      <strong>
        {t('readinessRuns.leftovers.title', { count: unsaved.length })}
      </strong>
      <div>{t('readinessRuns.leftovers.text')}</div>
      <ul className={classes.list}>
        {unsaved.map(itemId => {
          const { fields } = book.itemAnswer(itemId);
          const question =
            items.find(({ id }) => id === itemId)?.question ?? itemId;
          return (
            <li key={itemId}>
              {question}
              <AnswerView
                value={fields.value || undefined}
                note={fields.note.trim() || null}
                evidence={evidenceOf(fields.evidence)}
              />
              <Button
                size="small"
                color="inherit"
                aria-label={t('readinessRuns.leftovers.discardItem', {
                  question,
                })}
                onClick={() => book.discard(itemId)}
              >
                {t('readinessRuns.leftovers.discard')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Alert>
  );
};
