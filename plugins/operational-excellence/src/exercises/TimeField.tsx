import TextField from '@material-ui/core/TextField';

/** A day and a time, in the reader's time zone. */
export const TimeField = (props: {
  id: string;
  label: string;
  value: string;
  required?: boolean;
  problem?: string;
  hint?: string;
  onChange: (value: string) => void;
}) => {
  const { hint, id, label, onChange, problem, required, value } = props;
  return (
    <TextField
      id={id}
      type="datetime-local"
      variant="outlined"
      size="small"
      fullWidth
      label={label}
      required={required}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      InputLabelProps={{ shrink: true }}
      error={problem !== undefined}
      helperText={problem ?? hint}
    />
  );
};
