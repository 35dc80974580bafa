/** A fault that the organisation rehearses, as an AWS FIS experiment template. */
export interface Scenario {
  title: string;
  action: {
    name: string;
    actionId: string;
    parameters: Record<string, string>;
    target?: { key: string; resourceType: string };
  };
  /** How long a run takes. */
  minutes: number;
  /** Whether it has no stop condition and writes no log. */
  unguarded?: boolean;
}

export const SCENARIOS = {
  'zone-power-loss': {
    title: 'Loss of power in one Availability Zone',
    action: {
      name: 'stop-instances',
      actionId: 'aws:ec2:stop-instances',
      parameters: { startInstancesAfterDuration: 'PT30M' },
      target: { key: 'Instances', resourceType: 'aws:ec2:instance' },
    },
    minutes: 30,
  },
  'database-failover': {
    title: 'Failover of the database cluster',
    action: {
      name: 'failover',
      actionId: 'aws:rds:failover-db-cluster',
      parameters: {},
      target: { key: 'Clusters', resourceType: 'aws:rds:cluster' },
    },
    minutes: 4,
  },
  'task-loss': {
    title: 'Loss of a third of the tasks under load',
    action: {
      name: 'stop-tasks',
      actionId: 'aws:ecs:stop-task',
      parameters: {},
      target: { key: 'Tasks', resourceType: 'aws:ecs:task' },
    },
    minutes: 12,
    unguarded: true,
  },
  'network-partition': {
    title: 'Subnets cut off from each other',
    action: {
      name: 'disrupt-connectivity',
      actionId: 'aws:network:disrupt-connectivity',
      parameters: { duration: 'PT15M', scope: 'availability-zone' },
      target: { key: 'Subnets', resourceType: 'aws:ec2:subnet' },
    },
    minutes: 15,
  },
  'rehearsal-clock': {
    title: 'Manual rehearsal against the clock',
    action: {
      name: 'wait',
      actionId: 'aws:fis:wait',
      parameters: { duration: 'PT20M' },
    },
    minutes: 20,
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioId = keyof typeof SCENARIOS;
