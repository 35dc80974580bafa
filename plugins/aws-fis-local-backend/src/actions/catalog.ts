export interface ActionDescription {
  description: string;
  parameters?: Record<string, { description: string; required: boolean }>;
  targets?: Record<string, { resourceType: string }>;
}

const duration = {
  description: 'The duration of the action in ISO 8601 format.',
  required: true,
};

/**
 * Some of the actions of AWS FIS. Templates may use others as well; of these, the
 * parameters are checked.
 */
export const ACTIONS: Readonly<Record<string, ActionDescription>> = {
  'aws:cloudwatch:assert-alarm-state': {
    description: 'Assert that CloudWatch alarms are in the expected state.',
    parameters: {
      alarmArns: {
        description: 'The ARNs of the alarms, separated by commas.',
        required: true,
      },
      alarmStates: {
        description: 'The expected states, separated by commas.',
        required: true,
      },
    },
  },
  'aws:ec2:reboot-instances': {
    description: 'Reboot the specified EC2 instances.',
    targets: { Instances: { resourceType: 'aws:ec2:instance' } },
  },
  'aws:ec2:stop-instances': {
    description: 'Stop the specified EC2 instances.',
    parameters: {
      startInstancesAfterDuration: {
        description: 'The time to wait before starting the instances.',
        required: false,
      },
    },
    targets: { Instances: { resourceType: 'aws:ec2:instance' } },
  },
  'aws:ec2:terminate-instances': {
    description: 'Terminate the specified EC2 instances.',
    targets: { Instances: { resourceType: 'aws:ec2:instance' } },
  },
  'aws:ecs:stop-task': {
    description: 'Stop the specified ECS tasks.',
    targets: { Tasks: { resourceType: 'aws:ecs:task' } },
  },
  'aws:eks:pod-delete': {
    description: 'Delete the specified Kubernetes pods.',
    parameters: {
      kubernetesServiceAccount: {
        description: 'The Kubernetes service account to use.',
        required: true,
      },
    },
    targets: { Pods: { resourceType: 'aws:eks:pod' } },
  },
  'aws:fis:inject-api-internal-error': {
    description: 'Cause an AWS service to return internal error responses.',
    parameters: {
      duration,
      service: { description: 'The target service.', required: true },
      operations: { description: 'The operations to affect.', required: true },
      percentage: {
        description: 'The percentage of calls to affect.',
        required: true,
      },
    },
    targets: { Roles: { resourceType: 'aws:iam:role' } },
  },
  'aws:fis:wait': {
    description: 'Wait for the specified duration.',
    parameters: { duration },
  },
  'aws:lambda:invocation-error': {
    description: 'Make invocations of Lambda functions fail.',
    parameters: { duration },
    targets: { Functions: { resourceType: 'aws:lambda:function' } },
  },
  'aws:network:disrupt-connectivity': {
    description: 'Disrupt network connectivity of the specified subnets.',
    parameters: {
      duration,
      scope: { description: 'The type of traffic to deny.', required: true },
    },
    targets: { Subnets: { resourceType: 'aws:ec2:subnet' } },
  },
  'aws:rds:failover-db-cluster': {
    description: 'Fail over the specified Aurora DB clusters.',
    targets: { Clusters: { resourceType: 'aws:rds:cluster' } },
  },
  'aws:rds:reboot-db-instances': {
    description: 'Reboot the specified DB instances.',
    parameters: {
      forceFailover: {
        description: 'Whether to fail over to another Availability Zone.',
        required: false,
      },
    },
    targets: { DBInstances: { resourceType: 'aws:rds:db' } },
  },
  'aws:ssm:send-command': {
    description: 'Run a Systems Manager document on the specified instances.',
    parameters: {
      duration,
      documentArn: {
        description: 'The ARN of the Systems Manager document.',
        required: true,
      },
      documentParameters: {
        description: 'The parameters of the document, as JSON.',
        required: false,
      },
    },
    targets: { Instances: { resourceType: 'aws:ec2:instance' } },
  },
};
