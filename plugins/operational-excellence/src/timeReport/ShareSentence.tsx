import { useTheme } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import InfoIcon from '@material-ui/icons/Info';
import type { TimeReport } from 'backstage-plugin-operational-excellence-common';
import { Tone, toneColor } from '../states';
import { useTexts } from '../translation';
import { percent } from './percent';
import { useRemarkStyles } from './useRemarkStyles';

type Standing = 'met' | 'missed' | 'not-compared';

const icons = {
  met: CheckCircleIcon,
  missed: ErrorIcon,
  'not-compared': InfoIcon,
} satisfies Record<Standing, typeof ErrorIcon>;

const tones: Record<Standing, Tone> = {
  met: 'good',
  missed: 'critical',
  'not-compared': 'uncertain',
};

/** How much of the work done were improvements, and what the policy asks. */
export const ShareSentence = (props: {
  report: TimeReport;
  of: 'service' | 'owner';
}) => {
  const { improvementShare90d: share, policyShare } = props.report;
  const classes = useRemarkStyles();
  const theme = useTheme();
  const { t } = useTexts();

  const standing = (): Standing => {
    if (share === null || policyShare === null) return 'not-compared';
    return share >= policyShare ? 'met' : 'missed';
  };
  const sentence = () => {
    // The policies of several services need not agree.
    if (props.of === 'owner' && policyShare === null) {
      return share === null
        ? t('time.nothingClosedByOwner')
        : t('time.shareOfOwner', { share: percent(share) });
    }
    if (share === null) {
      return policyShare === null
        ? t('tab.time.nothingClosed')
        : t('tab.time.nothingClosedOf', { target: percent(policyShare) });
    }
    return policyShare === null
      ? t('tab.time.share', { share: percent(share) })
      : t('tab.time.shareOf', {
          share: percent(share),
          target: percent(policyShare),
        });
  };

  const Icon = icons[standing()];
  return (
    <p
      className={classes.root}
      style={{ color: toneColor(theme, tones[standing()]) }}
    >
      <Icon className={classes.icon} aria-hidden />
      <span>{sentence()}</span>
    </p>
  );
};
