import CancelIcon from '@material-ui/icons/Cancel';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HelpIcon from '@material-ui/icons/HelpOutline';
import RemoveCircleIcon from '@material-ui/icons/RemoveCircleOutline';
import type { ReadinessAnswerValue } from 'backstage-plugin-operational-excellence-common';
import type { Tone } from '../../states';
import { useTexts } from '../../translation';
import { TonedLabel } from '../../states';

type Value = ReadinessAnswerValue | 'none';

const icons = {
  yes: CheckCircleIcon,
  no: CancelIcon,
  'not-applicable': RemoveCircleIcon,
  none: HelpIcon,
} satisfies Record<Value, typeof HelpIcon>;

const tones: Record<Value, Tone> = {
  yes: 'good',
  no: 'critical',
  'not-applicable': 'uncertain',
  none: 'uncertain',
};

/** An answer as a word, an icon and a colour. */
export const AnswerLabel = (props: {
  value: ReadinessAnswerValue | undefined;
}) => {
  const value = props.value ?? 'none';
  const { t } = useTexts();
  return (
    <TonedLabel icon={icons[value]} tone={tones[value]}>
      {t(`readinessRuns.answer.${value}`)}
    </TonedLabel>
  );
};
