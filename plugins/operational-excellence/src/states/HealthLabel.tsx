import { makeStyles, useTheme } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/Help';
import WatchLaterIcon from '@material-ui/icons/WatchLater';
import type { SourceHealth } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';
import { Tone, toneColor } from './stateTones';

const icons = {
  ok: CheckCircleIcon,
  failing: ErrorIcon,
  stale: HelpIcon,
  never: WatchLaterIcon,
} satisfies Record<SourceHealth, typeof ErrorIcon>;

const tones: Record<SourceHealth, Tone> = {
  ok: 'good',
  failing: 'critical',
  stale: 'critical',
  never: 'uncertain',
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
  icon: { fontSize: '1.15em' },
}));

/** How a source fares, as a word, an icon and a colour. */
export const HealthLabel = (props: { health: SourceHealth }) => {
  const { health } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  const Icon = icons[health];
  return (
    <span
      className={classes.root}
      style={{ color: toneColor(theme, tones[health]) }}
    >
      <Icon className={classes.icon} aria-hidden />
      {t(`health.${health}`)}
    </span>
  );
};
