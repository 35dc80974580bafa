import TextField, { TextFieldProps } from '@material-ui/core/TextField';
import { useTexts } from '../../translation';
import { fieldId, PlanFieldsProps } from './PlanFields';
import { useProblemText } from './useProblemText';

/** One text of the plan, with what is wrong with it. */
export const PlanTextField = (
  props: PlanFieldsProps & {
    field:
      | 'facilitator'
      | 'hypothesis'
      | 'hypothesisBound'
      | 'steadyState'
      | 'blastRadius'
      | 'abortOwner'
      | 'title';
    hint?: string;
  } & Pick<TextFieldProps, 'required' | 'multiline' | 'placeholder'>,
) => {
  const { draft, field, hint, onChange, problems, ...other } = props;
  const { t } = useTexts();
  const problemText = useProblemText();
  const problem = problemText(problems[field]);
  return (
    <TextField
      {...other}
      id={fieldId(field)}
      label={t(`exercises.field.${field}`)}
      variant="outlined"
      size="small"
      fullWidth
      autoComplete="off"
      value={draft[field]}
      onChange={({ target }) => onChange({ [field]: target.value })}
      error={problem !== undefined}
      helperText={problem ?? hint}
    />
  );
};
