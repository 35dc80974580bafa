import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import {
  readinessAnswerValueSchema,
  RECORD_TEXT_MAX,
  type ReadinessItem,
} from 'backstage-plugin-operational-excellence-common';
import { FocusEvent } from 'react';
import { EvidenceFields, evidenceProblems, isBegun } from '../../evidence';
import { useTexts } from '../../translation';
import { AnswerBook, isTooLong, useItemAnswer } from '../answers';
import { itemElementId } from '../items';
import { ItemConflict } from './ItemConflict';
import { ItemHead } from './ItemHead';
import { ItemState } from './ItemState';
import { useItemStyles } from './useItemStyles';

/** An item that is being answered; it is saved as one goes. */
export const ItemForm = (props: {
  book: AnswerBook;
  item: ReadinessItem;
  now: number;
}) => {
  const { book, item, now } = props;
  const classes = useItemStyles();
  const { t } = useTexts();
  const { answer, fields, state } = useItemAnswer(book, item.id);
  const { evidence, note, value } = fields;
  const elementId = itemElementId(item.id);
  const questionId = `${elementId}-question`;
  const change = (changed: Partial<typeof fields>) =>
    book.change(item.id, changed);

  const lacksEvidence =
    item.evidence === 'required' && value === 'yes' && !evidence.some(isBegun);
  const noteProblem = isTooLong(note)
    ? t('readinessRuns.item.noteTooLong', {
        max: RECORD_TEXT_MAX.text.toLocaleString(),
      })
    : undefined;

  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    const isWithin =
      relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!isWithin) book.send(item.id);
  };

  return (
    <article
      id={elementId}
      tabIndex={-1}
      aria-labelledby={questionId}
      className={classes.root}
      onBlur={onBlur}
    >
      <ItemHead id={questionId} item={item} />
      <RadioGroup
        row
        aria-labelledby={questionId}
        name={elementId}
        value={value}
        onChange={({ target }) =>
          change({ value: readinessAnswerValueSchema.parse(target.value) })
        }
      >
        {readinessAnswerValueSchema.options.map(option => (
          <FormControlLabel
            key={option}
            value={option}
            label={t(`readinessRuns.answer.${option}`)}
            control={<Radio color="primary" size="small" />}
          />
        ))}
      </RadioGroup>
      {/* What there is to say depends on the answer. */}
      {(value || note || evidence.length > 0) && (
        <div className={classes.fields}>
          <TextField
            id={`${elementId}-note`}
            size="small"
            variant="outlined"
            fullWidth
            multiline
            maxRows={12}
            label={t('readinessRuns.item.note')}
            value={note}
            onChange={({ target }) => change({ note: target.value })}
            error={noteProblem !== undefined}
            helperText={noteProblem ?? t('readinessRuns.item.noteHint')}
          />
          {(item.evidence !== 'none' || evidence.length > 0) && (
            <EvidenceFields
              id={`${elementId}-evidence`}
              legend={
                item.evidence === 'required'
                  ? t('readinessRuns.item.evidence')
                  : t('readinessRuns.item.evidenceOptional')
              }
              problem={
                lacksEvidence
                  ? t('readinessRuns.item.lacksEvidence')
                  : undefined
              }
              isPatient
              evidence={evidence}
              problems={evidenceProblems(evidence)}
              onChange={changed => change({ evidence: changed })}
            />
          )}
        </div>
      )}
      {state.status === 'conflict' && (
        <ItemConflict
          theirs={state.theirs}
          mine={fields}
          now={now}
          onResolve={choice => book.resolve(item.id, choice)}
        />
      )}
      <ItemState
        question={item.question}
        answer={answer}
        hasValue={value !== ''}
        state={state}
        now={now}
        onRetry={() => book.retry(item.id)}
        onWithdraw={() => book.withdraw(item.id)}
      />
    </article>
  );
};
