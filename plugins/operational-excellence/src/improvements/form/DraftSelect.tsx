import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type { ImprovementDraft } from '../draft';
import { fieldId } from './DraftFields';

/** One choice of the draft. */
export const DraftSelect = (props: {
  field: keyof ImprovementDraft;
  label: string;
  options: { value: string; label: string }[];
  value: string;
  problem?: string;
  onChange: (value: string) => void;
}) => {
  const { field, label, onChange, options, problem, value } = props;
  const id = fieldId(field);
  return (
    <TextField
      id={id}
      select
      variant="outlined"
      size="small"
      fullWidth
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      error={problem !== undefined}
      helperText={problem}
      InputLabelProps={{ id: `${id}-label`, shrink: true }}
      SelectProps={{
        displayEmpty: true,
        SelectDisplayProps: {
          'aria-labelledby': `${id}-label ${id}`,
          'aria-describedby': problem ? `${id}-helper-text` : undefined,
        },
      }}
    >
      {options.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
};
