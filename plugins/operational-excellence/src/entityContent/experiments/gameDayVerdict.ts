import {
  isFinalExperimentState,
  type ExperimentItem,
} from 'backstage-plugin-operational-excellence-common';

/** Whether an experiment counts as a game day, and else why it does not. */
export function gameDayVerdict(
  experiment: ExperimentItem,
): 'counts' | 'dryRun' | 'notEnded' | 'notRun' | 'notCounted' {
  if (experiment.countsAsGameDay) return 'counts';
  if (experiment.dryRun) return 'dryRun';
  if (!isFinalExperimentState(experiment.state)) return 'notEnded';
  return experiment.startedAt === null ? 'notRun' : 'notCounted';
}
