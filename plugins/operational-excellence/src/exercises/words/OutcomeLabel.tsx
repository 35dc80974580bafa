import BlockIcon from '@material-ui/icons/Block';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import DoneIcon from '@material-ui/icons/Done';
import type { ExerciseOutcome } from 'backstage-plugin-operational-excellence-common';
import type { Tone } from '../../states';
import { useTexts } from '../../translation';
import { TonedLabel } from '../../states';

const icons = {
  'hypothesis-held': CheckCircleIcon,
  'hypothesis-not-held': CancelIcon,
  completed: DoneIcon,
  aborted: BlockIcon,
} satisfies Record<ExerciseOutcome, typeof DoneIcon>;

// That a hypothesis did not hold is worth knowing, not a failure.
const tones: Record<ExerciseOutcome, Tone> = {
  'hypothesis-held': 'good',
  'hypothesis-not-held': 'attention',
  completed: 'good',
  aborted: 'uncertain',
};

/** What came of an exercise, as words, an icon and a colour. */
export const OutcomeLabel = (props: { outcome: ExerciseOutcome }) => {
  const { outcome } = props;
  const { t } = useTexts();
  return (
    <TonedLabel icon={icons[outcome]} tone={tones[outcome]}>
      {t(`exercises.outcome.${outcome}`)}
    </TonedLabel>
  );
};
