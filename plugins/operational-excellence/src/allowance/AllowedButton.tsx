import Button, { ButtonProps } from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import type { Allowance } from './Allowance';

/** Opens a dialog; says why not where one may not. */
export const AllowedButton = (
  props: {
    label: string;
    /** The id of what it is done with, where there are several such buttons. */
    describedBy?: string;
    allowance: Allowance;
    onClick: () => void;
  } & Pick<ButtonProps, 'color' | 'variant'>,
) => {
  const { allowance, describedBy, label, onClick, ...look } = props;
  const { denial, isAllowed } = allowance;
  const id = describedBy && `${describedBy}-action`;
  // Not the attribute `disabled`: the button has to take the focus to tell why.
  return (
    <Tooltip title={denial}>
      <Button
        size="small"
        variant="outlined"
        {...look}
        id={id}
        aria-label={id && label}
        aria-labelledby={id && `${id} ${describedBy}`}
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
