import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import DeleteIcon from '@material-ui/icons/Delete';
import EditIcon from '@material-ui/icons/Edit';
import HowToRegIcon from '@material-ui/icons/HowToReg';
import type { ReadinessTestState } from 'backstage-plugin-operational-excellence-common';
import type { Tone } from '../../states';
import { useTexts } from '../../translation';
import { TonedLabel } from '../../states';

const icons = {
  open: EditIcon,
  'awaiting-sign-off': HowToRegIcon,
  finished: CheckCircleIcon,
  discarded: DeleteIcon,
} satisfies Record<ReadinessTestState, typeof EditIcon>;

const tones: Record<ReadinessTestState, Tone> = {
  open: 'neutral',
  'awaiting-sign-off': 'attention',
  finished: 'good',
  discarded: 'uncertain',
};

/** Where a test stands, as a word, an icon and a colour. */
export const TestStateLabel = (props: { state: ReadinessTestState }) => {
  const { state } = props;
  const { t } = useTexts();
  return (
    <TonedLabel icon={icons[state]} tone={tones[state]}>
      {t(`readinessRuns.state.${state}`)}
    </TonedLabel>
  );
};
