import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { exactInstant } from './ages';

const useStyles = makeStyles(theme => ({
  root: {
    borderBottom: `1px dotted ${theme.palette.text.secondary}`,
    cursor: 'help',
  },
}));

/** An instant in words that tells the exact one on hover. */
export const Moment = (props: { instant: string; children: ReactNode }) => {
  const classes = useStyles();
  return (
    <Tooltip title={exactInstant(props.instant)}>
      <time className={classes.root} dateTime={props.instant}>
        {props.children}
      </time>
    </Tooltip>
  );
};
