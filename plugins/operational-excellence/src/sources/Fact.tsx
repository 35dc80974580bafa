import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(130px, 1fr))',
    gap: theme.spacing(1.5, 2),
    margin: 0,
  },
  label: {
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
  },
  value: { margin: 0, fontSize: '0.875rem', overflowWrap: 'anywhere' },
}));

/** Facts about one thing, as many beside each other as there is room for. */
export const Facts = (props: { children: ReactNode }) => {
  const classes = useStyles();
  return <dl className={classes.list}>{props.children}</dl>;
};

export const Fact = (props: { label: string; children: ReactNode }) => {
  const classes = useStyles();
  return (
    <div>
      <dt className={classes.label}>{props.label}</dt>
      <dd className={classes.value}>{props.children}</dd>
    </div>
  );
};
