import type { Guardrails } from 'backstage-plugin-operational-excellence-common';

/** What would stop an experiment, in names that people know. */
export function stopConditions(guardrails: Guardrails): string[] {
  return guardrails.stopConditions.map(({ source, value }) =>
    value ? alarmName(value) : source,
  );
}

/** The name of the alarm in the ARN of one; any other text as it is. */
function alarmName(value: string): string {
  return (
    /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/.exec(value)?.[1] ?? value
  );
}
