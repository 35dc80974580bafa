import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  name: {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  value: {
    margin: 0,
    fontSize: '1.25rem',
    fontWeight: 600,
    lineHeight: 1.4,
    overflowWrap: 'anywhere',
  },
  hint: {
    margin: 0,
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
  },
}));

/** A figure below its name; stands in a list of descriptions. */
export const Figure = (props: {
  name: string;
  hint?: ReactNode;
  children: ReactNode;
}) => {
  const classes = useStyles();
  return (
    <div>
      <dt className={classes.name}>{props.name}</dt>
      <dd className={classes.value}>{props.children}</dd>
      {props.hint && <dd className={classes.hint}>{props.hint}</dd>}
    </div>
  );
};
