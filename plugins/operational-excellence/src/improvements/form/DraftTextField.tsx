import TextField, { TextFieldProps } from '@material-ui/core/TextField';
import { ReactNode } from 'react';
import type { ImprovementWording } from '../draft';
import { DraftFieldsProps, fieldId } from './DraftFields';
import { useProblemText } from './useProblemText';

/** One text of the draft, with what is wrong with it. */
export const DraftTextField = (
  props: DraftFieldsProps & {
    field: keyof ImprovementWording;
    label: string;
    hint?: ReactNode;
  } & Omit<
      TextFieldProps,
      'variant' | 'error' | 'helperText' | 'value' | 'onChange' | 'id'
    >,
) => {
  const { draft, field, hint, onChange, problems, ...other } = props;
  const problemText = useProblemText();
  const problem = problemText(problems[field]);
  return (
    <TextField
      {...other}
      id={fieldId(field)}
      variant="outlined"
      size="small"
      fullWidth
      value={draft[field]}
      onChange={({ target }) => onChange({ [field]: target.value })}
      error={problem !== undefined}
      helperText={problem ?? hint}
    />
  );
};
