import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import type { Allowance } from '../../improvements/useMayFile';

/** Opens a dialog; says why not where one may not. */
export const ActionButton = (props: {
  label: string;
  /** The id of what it is done with, as there are several such buttons. */
  describedBy: string;
  allowance: Allowance;
  onClick: () => void;
}) => {
  const { allowance, describedBy, label, onClick } = props;
  const { denial, isAllowed } = allowance;
  const id = `${describedBy}-action`;
  // Not the attribute `disabled`: the button has to take the focus to tell why.
  return (
    <Tooltip title={denial}>
      <Button
        id={id}
        size="small"
        variant="outlined"
        aria-label={label}
        aria-labelledby={`${id} ${describedBy}`}
        aria-haspopup="dialog"
        aria-disabled={!isAllowed}
        style={isAllowed ? undefined : { opacity: 0.6 }}
        onClick={isAllowed ? onClick : undefined}
      >
        {label}
      </Button>
    </Tooltip>
  );
};
