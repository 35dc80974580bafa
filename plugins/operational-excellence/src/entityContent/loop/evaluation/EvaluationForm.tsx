import TextField from '@material-ui/core/TextField';
import { useTexts } from '../../../translation';
import { ChoiceField } from './ChoiceField';
import { EvaluationDraft } from './EvaluationDraft';
import { EvaluationProblems } from './evaluationProblems';
import { EvidenceFields } from './EvidenceFields';
import { useProblemText } from './useProblemText';

const ID = 'operational-excellence-evaluation';

/** What there is to say of an improvement that is done. */
export const EvaluationForm = (props: {
  draft: EvaluationDraft;
  problems: EvaluationProblems;
  onChange: (change: Partial<EvaluationDraft>) => void;
}) => {
  const { draft, onChange, problems } = props;
  const { t } = useTexts();
  const problemText = useProblemText();
  const textField = (name: 'measured' | 'note' | 'reason', hint?: string) => {
    const problem = problemText(problems[name]);
    return {
      id: `${ID}-${name}`,
      size: 'small',
      variant: 'outlined',
      fullWidth: true,
      value: draft[name],
      error: problem !== undefined,
      helperText: problem ?? hint,
    } as const;
  };

  return (
    <>
      <ChoiceField
        id={`${ID}-verdict`}
        question={t('evaluation.verdict')}
        answers={[
          { value: 'met', label: t('tab.loop.stage.met') },
          { value: 'inconclusive', label: t('tab.loop.stage.inconclusive') },
          { value: 'not-met', label: t('tab.loop.stage.not-met') },
        ]}
        value={draft.verdict}
        onChange={verdict => onChange({ verdict })}
        problem={problemText(problems.verdict)}
      />
      {draft.verdict === 'not-met' && (
        <ChoiceField
          id={`${ID}-priority`}
          question={t('evaluation.stillPriority')}
          answers={[
            { value: 'yes', label: t('evaluation.yes') },
            { value: 'no', label: t('evaluation.no') },
          ]}
          value={draft.stillPriority}
          onChange={stillPriority => onChange({ stillPriority })}
          problem={problemText(problems.stillPriority)}
        />
      )}
      {draft.verdict === 'not-met' && draft.stillPriority === 'no' && (
        <TextField
          {...textField('reason')}
          label={t('evaluation.reason')}
          required
          multiline
          minRows={2}
          maxRows={8}
          onChange={({ target }) => onChange({ reason: target.value })}
        />
      )}
      <TextField
        {...textField('measured', t('evaluation.measuredHint'))}
        label={t('evaluation.measured')}
        onChange={({ target }) => onChange({ measured: target.value })}
      />
      <EvidenceFields
        evidence={draft.evidence}
        problems={problems.evidence}
        onChange={evidence => onChange({ evidence })}
      />
      <TextField
        {...textField('note', t('evaluation.noteHint'))}
        label={t('evaluation.note')}
        multiline
        minRows={3}
        maxRows={12}
        onChange={({ target }) => onChange({ note: target.value })}
      />
    </>
  );
};
