import WarningIcon from '@material-ui/icons/Warning';
import { useTexts } from '../../translation';
import { TonedLabel } from '../../states';

/** That an exercise ran without guardrails. */
export const UnguardedLabel = () => {
  const { t } = useTexts();
  return (
    <TonedLabel icon={WarningIcon} tone="critical">
      {t('exercises.unguarded')}
    </TonedLabel>
  );
};
