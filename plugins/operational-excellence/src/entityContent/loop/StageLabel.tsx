import { makeStyles, useTheme } from '@material-ui/core/styles';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import DoneIcon from '@material-ui/icons/Done';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/Help';
import LinkOffIcon from '@material-ui/icons/LinkOff';
import NewReleasesIcon from '@material-ui/icons/NewReleases';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import SendIcon from '@material-ui/icons/Send';
import WatchLaterIcon from '@material-ui/icons/WatchLater';
import type {
  Improvement,
  ImprovementStage,
} from 'backstage-plugin-operational-excellence-common';
import { Tone, toneColor } from '../../states';
import { useTexts } from '../../translation';

/** A stage, with what has become of the filing of what is no ticket yet. */
export type ShownStage = ImprovementStage | 'queued' | 'rejected';

/** The stage of an improvement as it is shown. */
export function shownStage({ delivery, stage }: Improvement): ShownStage {
  return stage === 'filing' && delivery.state !== 'filed'
    ? delivery.state
    : stage;
}

/** Every stage has an icon of its own, so that none is told by colour alone. */
const icons = {
  filing: SendIcon,
  queued: SendIcon,
  rejected: ErrorIcon,
  open: RadioButtonUncheckedIcon,
  done: DoneIcon,
  'evaluation-due': WatchLaterIcon,
  'evaluation-overdue': NewReleasesIcon,
  met: CheckCircleIcon,
  inconclusive: HelpIcon,
  'not-met': CancelIcon,
  gone: LinkOffIcon,
} satisfies Record<ShownStage, typeof ErrorIcon>;

const tones: Record<ShownStage, Tone> = {
  filing: 'neutral',
  queued: 'neutral',
  rejected: 'critical',
  open: 'neutral',
  done: 'good',
  'evaluation-due': 'attention',
  'evaluation-overdue': 'critical',
  met: 'good',
  inconclusive: 'uncertain',
  'not-met': 'critical',
  gone: 'uncertain',
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    // On one line with the text beside it, whatever the icon's height.
    alignItems: 'baseline',
    gap: theme.spacing(0.5),
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
  icon: { alignSelf: 'center', fontSize: '1.25em' },
}));

/** Where an improvement stands, as a word, an icon and a colour. */
export const StageLabel = (props: { stage: ShownStage }) => {
  const { stage } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  const Icon = icons[stage];
  return (
    <span
      className={classes.root}
      style={{ color: toneColor(theme, tones[stage]) }}
    >
      <Icon className={classes.icon} aria-hidden />
      {t(`tab.loop.stage.${stage}`)}
    </span>
  );
};
