import { makeStyles } from '@material-ui/core/styles';

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

/** The figures of the day that is pointed at. */
export const HistoryTooltip = (props: { title: string; lines: string[] }) => {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <div className={classes.title}>{props.title}</div>
      {props.lines.map(line => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
};
