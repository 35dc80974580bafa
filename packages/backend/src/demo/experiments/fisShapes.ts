import { Scenario } from '../data';

/** Where experiments of an account and Region find what they need. */
export interface FisPlace {
  accountId: string;
  region: string;
}

/** What limits the harm of a scenario; of one nobody has thought about it. */
function guardrails({ unguarded }: Scenario, { accountId, region }: FisPlace) {
  if (unguarded) return { stopConditions: [{ source: 'none' }] };
  return {
    stopConditions: [
      {
        source: 'aws:cloudwatch:alarm',
        value: `arn:aws:cloudwatch:${region}:${accountId}:alarm:larkfield-error-rate`,
      },
    ],
    logConfiguration: {
      logSchemaVersion: 2,
      cloudWatchLogsConfiguration: {
        logGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:larkfield-game-days:*`,
      },
    },
  };
}

function roleArn({ accountId }: FisPlace) {
  return `arn:aws:iam::${accountId}:role/larkfield-game-days`;
}

/** What an experiment template and its experiments have in common. */
export function fisDefinition(scenario: Scenario, place: FisPlace) {
  const { action, title } = scenario;
  const { name, actionId, parameters, target } = action;
  return {
    description: title,
    roleArn: roleArn(place),
    ...guardrails(scenario, place),
    targets: target
      ? {
          chosen: {
            resourceType: target.resourceType,
            resourceTags: { environment: 'staging' },
            selectionMode: 'PERCENT(33)',
          },
        }
      : {},
    actions: {
      [name]: {
        actionId,
        parameters,
        ...(target && { targets: { [target.key]: 'chosen' } }),
      },
    },
  };
}
