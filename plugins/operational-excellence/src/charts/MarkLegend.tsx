import { makeStyles } from '@material-ui/core/styles';
import { AgeMark } from './ages';
import { MARK_DASHES } from './markDashes';
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

/** What the lines and colours of a chart mean. */
export const MarkLegend = (props: {
  marks: AgeMark[];
  /** Names the colour of what is beyond the limit; without it none is. */
  beyondLabel?: string;
}) => {
  const classes = useStyles();
  const colors = useChartColors();
  return (
    <ul className={classes.root}>
      {props.marks.map(({ kind, title }) => (
        <li key={kind} className={classes.item}>
          <svg width={28} height={8} aria-hidden>
            <line
              x1={0}
              x2={28}
              y1={4}
              y2={4}
              stroke={kind === 'limit' ? colors.beyond : colors.mark}
              strokeWidth={2}
              strokeDasharray={MARK_DASHES[kind]}
            />
          </svg>
          {title}
        </li>
      ))}
      {props.beyondLabel && (
        <li className={classes.item}>
          <svg width={12} height={12} aria-hidden>
            <rect width={12} height={12} rx={2} fill={colors.beyond} />
          </svg>
          {props.beyondLabel}
        </li>
      )}
    </ul>
  );
};
