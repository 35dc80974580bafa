import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';

/**
 * What would have stopped an experiment. AWS FIS says that nothing would by a
 * condition of its own, with the source `none`.
 */
export function stopConditions(experiment: ExperimentItem): string[] {
  return experiment.stopConditions
    .filter(({ source }) => source !== 'none')
    .map(({ source, value }) => (value ? alarmName(value) : source));
}

/** The name of the alarm in the ARN of one; any other text as it is. */
function alarmName(value: string): string {
  return (
    /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/.exec(value)?.[1] ?? value
  );
}
