import { Scenario } from '../data';

/** Where experiments of an account and Region find what they need. */
export interface FisPlace {
  accountId: string;
  region: string;
}

function stopConditions({ accountId, region }: FisPlace) {
  return [
    {
      source: 'aws:cloudwatch:alarm',
      value: `arn:aws:cloudwatch:${region}:${accountId}:alarm:larkfield-error-rate`,
    },
  ];
}

function roleArn({ accountId }: FisPlace) {
  return `arn:aws:iam::${accountId}:role/larkfield-game-days`;
}

/** What an experiment template and its experiments have in common. */
export function fisDefinition({ action, title }: Scenario, place: FisPlace) {
  const { name, actionId, parameters, target } = action;
  return {
    description: title,
    roleArn: roleArn(place),
    stopConditions: stopConditions(place),
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
