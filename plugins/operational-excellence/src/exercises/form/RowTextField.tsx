import TextField from '@material-ui/core/TextField';

/** One text of a row. */
export const RowTextField = (props: {
  id: string;
  label: string;
  value: string;
  problem?: string;
  onChange: (value: string) => void;
}) => {
  const { id, label, onChange, problem, value } = props;
  return (
    <TextField
      id={id}
      variant="outlined"
      size="small"
      fullWidth
      autoComplete="off"
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      error={problem !== undefined}
      helperText={problem}
    />
  );
};
