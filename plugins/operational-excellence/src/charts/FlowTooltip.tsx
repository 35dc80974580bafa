import { makeStyles } from '@material-ui/core/styles';
import type { FlowPeriod } from './FlowPeriod';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    color: theme.palette.text.primary,
    fontSize: '0.8125rem',
  },
  title: { fontWeight: 600 },
}));

/** The figures of the period that is pointed at. */
export const FlowTooltip = (props: {
  period: FlowPeriod | undefined;
  openedLabel: string;
  closedLabel: string;
}) => {
  const { closedLabel, openedLabel, period } = props;
  const classes = useStyles();
  if (!period) return null;
  return (
    <div className={classes.root}>
      <div className={classes.title}>{period.title}</div>
      <div>
        {openedLabel}: {period.opened.toLocaleString()}
      </div>
      <div>
        {closedLabel}: {period.closed.toLocaleString()}
      </div>
    </div>
  );
};
