import { useTranslationRef } from '@backstage/frontend-plugin-api';
import WarningIcon from '@material-ui/icons/Warning';
import { operationalExcellenceTranslationRef } from '../../translation';
import { TonedLabel } from './TonedLabel';

/** That an exercise ran without guardrails. */
export const UnguardedLabel = () => {
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  return (
    <TonedLabel icon={WarningIcon} tone="critical">
      {t('exercises.unguarded')}
    </TonedLabel>
  );
};
