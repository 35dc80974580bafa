import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), overflowWrap: 'anywhere' },
}));

/** A few words in place of figures or above them. */
export const Note = (props: { children: ReactNode }) => (
  <Typography component="div" variant="body2" className={useStyles().root}>
    {props.children}
  </Typography>
);
