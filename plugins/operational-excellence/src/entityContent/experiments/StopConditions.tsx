import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';
import { stopConditions } from '../../guardrails';
import { useTexts } from '../../translation';

/** What would have stopped an experiment. */
export const StopConditions = (props: { experiment: ExperimentItem }) => {
  const conditions = stopConditions(props.experiment.guardrails);
  const { t } = useTexts();
  if (!conditions.length) {
    return <strong>{t('tab.experiments.noGuardrails')}</strong>;
  }
  return (
    <>
      {conditions.map((condition, index) => (
        <div key={index}>{condition}</div>
      ))}
    </>
  );
};
