import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { MeasureState } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';
import { stateIcons, stateTones, toneColor } from './stateTones';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
  icon: { fontSize: '1.25em' },
}));

/** A state as a word, an icon and a colour. */
export const StateLabel = (props: { state: MeasureState }) => {
  const { state } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  const Icon = stateIcons[state];
  return (
    <span
      className={classes.root}
      style={{ color: toneColor(theme, stateTones[state]) }}
    >
      <Icon className={classes.icon} aria-hidden />
      {t(`state.${state}`)}
    </span>
  );
};
