import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { ScorecardView, searchOf } from '../scorecardView';

const useStyles = makeStyles(theme => ({
  root: {
    color: 'inherit',
    textDecoration: 'underline',
    textDecorationColor: theme.palette.text.secondary,
    textUnderlineOffset: 2,
    borderRadius: 2,
    '&:hover': { textDecorationColor: 'currentcolor' },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 1,
    },
  },
}));

/** Leads to another view of the scorecard. */
export const ViewLink = (props: {
  view: ScorecardView;
  className?: string;
  title?: string;
  /** Whether it is what is shown already. */
  isCurrent?: boolean;
  children: ReactNode;
}) => {
  const { children, className, isCurrent, title, view } = props;
  const classes = useStyles();
  return (
    <RouterLink
      to={{ search: searchOf(view) }}
      className={className ? `${classes.root} ${className}` : classes.root}
      title={title}
      aria-current={isCurrent ? 'true' : undefined}
    >
      {children}
    </RouterLink>
  );
};
