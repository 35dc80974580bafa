import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { useListStyles } from '../useListStyles';

/** How an experiment ended, in the words of its source where it has some. */
export const ExperimentOutcome = (props: { experiment: ExperimentItem }) => {
  const { reason, state } = props.experiment;
  const classes = useListStyles();
  const { t } = useTexts();
  return (
    <>
      {t(`outcome.${state}`)}
      {reason && <div className={classes.secondary}>{reason}</div>}
    </>
  );
};
