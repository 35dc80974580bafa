import { makeStyles, useTheme } from '@material-ui/core/styles';
import {
  MEASURE_STATES,
  type StateCounts,
} from 'backstage-plugin-operational-excellence-common';
import { stateTones, toneColor } from '../../states';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: 1,
    height: 6,
    borderRadius: 3,
    overflow: 'hidden',
    background: theme.palette.divider,
  },
}));

/** How states share in services, for the eye: the words are beside it. */
export const StateBar = (props: { counts: StateCounts }) => {
  const { counts } = props;
  const classes = useStyles();
  const theme = useTheme();
  return (
    <div aria-hidden className={classes.root}>
      {MEASURE_STATES.map(state => (
        <span
          key={state}
          style={{
            flex: `${counts[state] ?? 0} 0 0`,
            background: toneColor(theme, stateTones[state]),
          }}
        />
      ))}
    </div>
  );
};
