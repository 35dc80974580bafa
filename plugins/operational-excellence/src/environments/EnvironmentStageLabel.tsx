import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import DeleteOutlineIcon from '@material-ui/icons/DeleteOutline';
import NewReleasesIcon from '@material-ui/icons/NewReleases';
import type { EnvironmentStage } from 'backstage-plugin-operational-excellence-common';
import type { Tone } from '../states';
import { useTexts } from '../translation';
import { TonedLabel } from '../states';

/** Every stage has an icon of its own, so that none is told by colour alone. */
const icons = {
  active: CheckCircleIcon,
  expired: NewReleasesIcon,
  removed: DeleteOutlineIcon,
} satisfies Record<EnvironmentStage, typeof CheckCircleIcon>;

const tones: Record<EnvironmentStage, Tone> = {
  active: 'good',
  expired: 'critical',
  removed: 'uncertain',
};

/** Where an environment stands, as a word, an icon and a colour. */
export const EnvironmentStageLabel = (props: { stage: EnvironmentStage }) => {
  const { stage } = props;
  const { t } = useTexts();
  return (
    <TonedLabel icon={icons[stage]} tone={tones[stage]}>
      {t(`environments.stage.${stage}`)}
    </TonedLabel>
  );
};
