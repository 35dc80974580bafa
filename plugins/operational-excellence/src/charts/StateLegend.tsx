import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { MeasureState } from 'backstage-plugin-operational-excellence-common';
import { stateTones, toneColor } from '../states';
import { StateFills, stateFill } from './StateFills';

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

/** Which filling is which state. */
export const StateLegend = (props: {
  /** Unique on the page. */
  prefix: string;
  states: { state: MeasureState; title: string }[];
}) => {
  const { prefix, states } = props;
  const classes = useStyles();
  const theme = useTheme();
  return (
    <ul className={classes.root}>
      {states.map(({ state, title }) => (
        <li key={state} className={classes.item}>
          <svg width={14} height={14} aria-hidden>
            <StateFills prefix={`${prefix}-${state}`} />
            <rect
              x={0.5}
              y={0.5}
              width={13}
              height={13}
              fill={stateFill(`${prefix}-${state}`, state)}
              stroke={toneColor(theme, stateTones[state])}
            />
          </svg>
          {title}
        </li>
      ))}
    </ul>
  );
};
