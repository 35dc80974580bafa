import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';

/** A filter that is either on or off. */
export const CheckedFilter = (props: {
  label: string;
  /** What it leaves, in a sentence. */
  hint: string;
  value: boolean;
  onChange: (value: boolean) => void;
}) => (
  <Tooltip title={props.hint}>
    <FormControlLabel
      label={<Typography variant="body2">{props.label}</Typography>}
      style={{ marginRight: 0 }}
      control={
        <Checkbox
          size="small"
          color="primary"
          checked={props.value}
          onChange={({ target }) => props.onChange(target.checked)}
        />
      }
    />
  </Tooltip>
);
