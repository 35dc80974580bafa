import { makeStyles } from '@material-ui/core/styles';
import { useChartColors } from './useChartColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2.5),
    margin: 0,
    padding: theme.spacing(0, 1),
    listStyle: 'none',
    fontSize: '0.8125rem',
  },
  item: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
}));

/** Which bar is which: told by being hollow or filled as well as by colour. */
export const FlowLegend = (props: {
  openedLabel: string;
  closedLabel: string;
}) => {
  const classes = useStyles();
  const colors = useChartColors();
  return (
    <ul className={classes.root}>
      <li className={classes.item}>
        <svg width={12} height={12} aria-hidden>
          <rect
            x={1}
            y={1}
            width={10}
            height={10}
            fill="none"
            stroke={colors.opened}
            strokeWidth={2}
          />
        </svg>
        {props.openedLabel}
      </li>
      <li className={classes.item}>
        <svg width={12} height={12} aria-hidden>
          <rect width={12} height={12} fill={colors.closed} />
        </svg>
        {props.closedLabel}
      </li>
    </ul>
  );
};
