import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import EventIcon from '@material-ui/icons/Event';
import EventBusyIcon from '@material-ui/icons/EventBusy';
import PlayCircleFilledIcon from '@material-ui/icons/PlayCircleFilled';
import type { ExerciseStage } from 'backstage-plugin-operational-excellence-common';
import type { Tone } from '../../states';
import { useTexts } from '../../translation';
import { TonedLabel } from '../../states';

/** Every stage has an icon of its own, so that none is told by colour alone. */
export const exerciseStageIcons = {
  planned: EventIcon,
  missed: EventBusyIcon,
  running: PlayCircleFilledIcon,
  held: CheckCircleIcon,
  cancelled: CancelIcon,
} satisfies Record<ExerciseStage, typeof EventIcon>;

export const exerciseStageTones: Record<ExerciseStage, Tone> = {
  planned: 'neutral',
  missed: 'critical',
  running: 'attention',
  held: 'good',
  cancelled: 'uncertain',
};

/** Where an exercise stands, as a word, an icon and a colour. */
export const ExerciseStageLabel = (props: { stage: ExerciseStage }) => {
  const { stage } = props;
  const { t } = useTexts();
  return (
    <TonedLabel
      icon={exerciseStageIcons[stage]}
      tone={exerciseStageTones[stage]}
    >
      {t(`exercises.stage.${stage}`)}
    </TonedLabel>
  );
};
