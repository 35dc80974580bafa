import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import type { Allowance } from '../allowance';

/** Leads elsewhere; says why not where one may not. */
export const AllowedLink = (props: {
  to: string;
  allowance: Allowance;
  children: ReactNode;
}) => {
  const { allowance, children, to } = props;
  if (allowance.isAllowed) {
    return (
      <Button
        size="small"
        variant="outlined"
        component={RouterLink}
        to={to}
        role={undefined}
      >
        {children}
      </Button>
    );
  }
  return (
    <Tooltip title={allowance.denial}>
      <Button
        size="small"
        variant="outlined"
        aria-disabled
        style={{ opacity: 0.6 }}
      >
        {children}
      </Button>
    </Tooltip>
  );
};
