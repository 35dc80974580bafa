import { makeStyles, useTheme } from '@material-ui/core/styles';
import ArchiveIcon from '@material-ui/icons/Archive';
import NewReleasesIcon from '@material-ui/icons/NewReleases';
import PlayCircleFilledIcon from '@material-ui/icons/PlayCircleFilled';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { Tone, toneColor } from '../../states';
import { useTexts } from '../../translation';

type State = Initiative['state'];

const icons = {
  running: PlayCircleFilledIcon,
  overdue: NewReleasesIcon,
  closed: ArchiveIcon,
} satisfies Record<State, typeof ArchiveIcon>;

const tones: Record<State, Tone> = {
  running: 'neutral',
  overdue: 'critical',
  closed: 'uncertain',
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
  icon: { fontSize: '1.2em' },
}));

/** Where an initiative stands, as a word, an icon and a colour. */
export const InitiativeStateLabel = (props: { state: State }) => {
  const { state } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  const Icon = icons[state];
  return (
    <span
      className={classes.root}
      style={{ color: toneColor(theme, tones[state]) }}
    >
      <Icon className={classes.icon} aria-hidden />
      {t(`initiatives.state.${state}`)}
    </span>
  );
};
