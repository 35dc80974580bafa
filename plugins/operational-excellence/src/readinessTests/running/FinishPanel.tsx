import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import {
  RECORD_TEXT_MAX,
  type ReadinessItem,
  type ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';
import { useKeptDraft } from '../../drafts';
import { VerdictLabel } from '../../entityContent/readiness/VerdictLabel';
import { errorText } from '../../feedback';
import { useTexts } from '../../translation';
import { AnswerBook, useBookChanges } from '../answers';
import { ItemLink } from '../ItemLink';
import { EMPTY_TEXT, textDrafts } from '../textDrafts';
import { DiscardTest } from './DiscardTest';
import { RunStand, standOf } from './standOf';
import { useFinish } from './useFinish';
import { useRunStyles } from './useRunStyles';

const SUMMARY_ID = 'operational-excellence-readiness-summary';

const Missing = (props: { stand: RunStand; items: ReadinessItem[] }) => {
  const { items, stand } = props;
  const classes = useRunStyles();
  const { t } = useTexts();
  const questionOf = (itemId: string) =>
    items.find(({ id }) => id === itemId)?.question ?? itemId;
  return (
    <div>
      <div>
        {t('readinessRuns.finish.missing', { count: stand.missing.length })}:
      </div>
      <ul className={classes.list}>
        {stand.missing.map(({ itemId, reason }) => (
          <li key={itemId}>
            <ItemLink itemId={itemId}>{questionOf(itemId)}</ItemLink>{' '}
            <span className={classes.secondary}>
              {t(`readinessRuns.finish.${reason}`)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Ends a test: with its verdict, once nothing stands against it, or without. */
export const FinishPanel = (props: {
  test: ReadinessTestDetail;
  book: AnswerBook;
  items: ReadinessItem[];
  onChanged: () => void;
}) => {
  const { book, items, onChanged, test } = props;
  useBookChanges(book);
  const classes = useRunStyles();
  const { t } = useTexts();
  const summary = useKeptDraft(
    textDrafts,
    `readiness-test-summary:${test.id}`,
    () => ({ text: test.summary ?? '' }),
  );
  const { finish, finishing } = useFinish(test.id, book, () => {
    summary?.restart(EMPTY_TEXT);
    onChanged();
  });
  const stand = standOf(book, items);
  const { missing, unsaved, verdict } = stand;
  const text = summary?.draft.text ?? '';
  const isTooLong = text.trim().length > RECORD_TEXT_MAX.text;
  const isFinishing = finishing.status === 'finishing';
  const isReady =
    !missing.length && !unsaved && !isFinishing && !isTooLong && summary;

  return (
    <Paper component="section" className={classes.box}>
      <div className={classes.stack}>
        <h3 className={classes.heading}>{t('readinessRuns.finish.title')}</h3>
        <div className={classes.row}>
          {t('readinessRuns.finish.verdict')}
          <VerdictLabel verdict={verdict} />
        </div>
        {test.content?.signOff && (
          <div>{t('readinessRuns.finish.signOffNext')}</div>
        )}
        {missing.length > 0 && <Missing stand={stand} items={items} />}
        <TextField
          id={SUMMARY_ID}
          size="small"
          variant="outlined"
          fullWidth
          multiline
          minRows={3}
          maxRows={16}
          label={t('readinessRuns.finish.summary')}
          value={text}
          onChange={({ target }) => summary?.change({ text: target.value })}
          error={isTooLong}
          helperText={
            isTooLong
              ? t('readinessRuns.item.noteTooLong', {
                  max: RECORD_TEXT_MAX.text.toLocaleString(),
                })
              : t('readinessRuns.finish.summaryHint')
          }
        />
        {summary?.failure && (
          <Alert severity="warning" role="alert">
            {t('drafts.notKept', { message: errorText(summary.failure) })}
          </Alert>
        )}
        {finishing.status === 'changed' && (
          <Alert severity="warning" role="alert">
            {t('readinessRuns.finish.changed')}
          </Alert>
        )}
        {finishing.status === 'failed' && (
          <Alert severity="error" role="alert">
            {t('readinessRuns.finish.failed', {
              message: errorText(finishing.error),
            })}
          </Alert>
        )}
        {unsaved > 0 && !missing.length && (
          <div className={classes.secondary}>
            {t('readinessRuns.finish.unsaved')}
          </div>
        )}
        <div className={classes.row}>
          <Button
            variant="contained"
            color="primary"
            // Not the attribute `disabled`: it keeps the focus while it works.
            aria-disabled={!isReady}
            style={isReady ? undefined : { opacity: 0.6 }}
            onClick={isReady ? () => finish(text, verdict) : undefined}
          >
            {isFinishing
              ? t('readinessRuns.finish.finishing')
              : t('readinessRuns.finish.submit')}
          </Button>
          <DiscardTest test={test} onChanged={onChanged} />
        </div>
      </div>
    </Paper>
  );
};
