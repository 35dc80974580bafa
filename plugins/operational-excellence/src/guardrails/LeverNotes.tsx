import Alert from '@material-ui/lab/Alert';
import type { SafetyLever } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';

/** What is to be said of safety levers: nothing of those that let experiments run. */
export const LeverNotes = (props: { levers: SafetyLever[] }) => {
  const { t } = useTexts();
  const words = ({
    accountId: account,
    region,
    reason,
    state,
  }: SafetyLever) => {
    if (state === 'unknown') {
      return t('guardrails.lever.unknown', {
        account,
        region,
        reason: reason ?? '',
      });
    }
    return reason
      ? t('guardrails.lever.engagedWhy', { account, region, reason })
      : t('guardrails.lever.engaged', { account, region });
  };
  return (
    <>
      {props.levers
        .filter(({ state }) => state !== 'disengaged')
        .map(lever => (
          <Alert
            key={`${lever.sourceId} ${lever.region}`}
            severity={lever.state === 'engaged' ? 'warning' : 'info'}
          >
            {words(lever)}
          </Alert>
        ))}
    </>
  );
};
