import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { ServiceHeading } from './ServiceHeading';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(160px, 1fr) minmax(0, 3fr)',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(1.5, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    fontSize: '0.875rem',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  text: { overflowWrap: 'anywhere' },
}));

/** One service of a list, beside what is said about it. */
export const ServiceItem = (props: {
  service: { entityRef: string; title: string; ownerRef: string | null };
  children: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <li className={classes.root}>
      <ServiceHeading service={props.service} />
      <div className={classes.text}>{props.children}</div>
    </li>
  );
};
