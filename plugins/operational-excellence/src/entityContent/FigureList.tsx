import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 170px), 1fr))',
    margin: 0,
    padding: theme.spacing(2),
  },
}));

/** Figures beside each other, as many as there is room for. */
export const FigureList = (props: { children: ReactNode }) => (
  <dl className={useStyles().root}>{props.children}</dl>
);
