import { makeStyles, useTheme } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import WarningIcon from '@material-ui/icons/Warning';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { Tone, toneColor } from '../../states';
import { useTexts } from '../../translation';

type Verdict = ServiceDetail['readinessTests'][number]['verdict'];

const icons = {
  pass: CheckCircleIcon,
  conditional: WarningIcon,
  fail: ErrorIcon,
} satisfies Record<Verdict, typeof ErrorIcon>;

const tones: Record<Verdict, Tone> = {
  pass: 'good',
  conditional: 'attention',
  fail: 'critical',
};

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontWeight: 600,
  },
  icon: { fontSize: '1.25em' },
}));

/** A verdict as a word, an icon and a colour. */
export const VerdictLabel = (props: { verdict: Verdict }) => {
  const { verdict } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  const Icon = icons[verdict];
  return (
    <span
      className={classes.root}
      style={{ color: toneColor(theme, tones[verdict]) }}
    >
      <Icon className={classes.icon} aria-hidden />
      {t(`verdict.${verdict}`)}
    </span>
  );
};
