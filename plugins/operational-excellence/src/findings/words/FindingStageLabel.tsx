import BuildIcon from '@material-ui/icons/Build';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import NewReleasesIcon from '@material-ui/icons/NewReleases';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import WatchLaterIcon from '@material-ui/icons/WatchLater';
import type { FindingStage } from 'backstage-plugin-operational-excellence-common';
import type { Tone } from '../../states';
import { useTexts } from '../../translation';
import { TonedLabel } from '../../states';

/** Every stage has an icon of its own, so that none is told by colour alone. */
const icons = {
  open: RadioButtonUncheckedIcon,
  improving: BuildIcon,
  'retest-due': WatchLaterIcon,
  'retest-overdue': NewReleasesIcon,
  closed: CheckCircleIcon,
} satisfies Record<FindingStage, typeof BuildIcon>;

const tones: Record<FindingStage, Tone> = {
  open: 'critical',
  improving: 'neutral',
  'retest-due': 'attention',
  'retest-overdue': 'critical',
  closed: 'good',
};

/** Where a finding stands, as a word, an icon and a colour. */
export const FindingStageLabel = (props: { stage: FindingStage }) => {
  const { stage } = props;
  const { t } = useTexts();
  return (
    <TonedLabel icon={icons[stage]} tone={tones[stage]}>
      {t(`findings.stage.${stage}`)}
    </TonedLabel>
  );
};
