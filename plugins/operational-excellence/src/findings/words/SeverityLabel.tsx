import ErrorIcon from '@material-ui/icons/Error';
import KeyboardArrowDownIcon from '@material-ui/icons/KeyboardArrowDown';
import PriorityHighIcon from '@material-ui/icons/PriorityHigh';
import RemoveIcon from '@material-ui/icons/Remove';
import type { FindingSeverity } from 'backstage-plugin-operational-excellence-common';
import type { Tone } from '../../states';
import { useTexts } from '../../translation';
import { TonedLabel } from '../../states';

/** Every severity has an icon of its own, so that none is told by colour alone. */
const icons = {
  critical: ErrorIcon,
  high: PriorityHighIcon,
  medium: RemoveIcon,
  low: KeyboardArrowDownIcon,
} satisfies Record<FindingSeverity, typeof ErrorIcon>;

const tones: Record<FindingSeverity, Tone> = {
  critical: 'critical',
  high: 'critical',
  medium: 'attention',
  low: 'neutral',
};

/** How bad a finding is, as a word, an icon and a colour. */
export const SeverityLabel = (props: { severity: FindingSeverity }) => {
  const { severity } = props;
  const { t } = useTexts();
  return (
    <TonedLabel icon={icons[severity]} tone={tones[severity]}>
      {t(`findings.severity.${severity}`)}
    </TonedLabel>
  );
};
