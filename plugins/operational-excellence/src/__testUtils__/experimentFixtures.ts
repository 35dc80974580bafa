import type { ExperimentItem } from 'backstage-plugin-operational-excellence-common';
import { daysAgo } from './instants';

const HOUR_MS = 3_600_000;

function hoursAfter(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * HOUR_MS).toISOString();
}

/** An experiment of the payments service that ran to its end. */
export function experiment(
  id: string,
  overrides: Partial<ExperimentItem> = {},
): ExperimentItem {
  const startedAt = daysAgo(21);
  return {
    id,
    sourceId: 'aws-fis',
    title: 'AZ power loss',
    url: `https://eu-west-1.console.aws.amazon.com/fis/home?region=eu-west-1#ExperimentDetails:ExperimentId=${id}`,
    accountId: '123456789012',
    region: 'eu-west-1',
    templateId: 'EXT1',
    state: 'completed',
    reason: 'Experiment completed.',
    createdAt: startedAt,
    startedAt,
    endedAt: hoursAfter(startedAt, 1.5),
    dryRun: false,
    countsAsGameDay: true,
    guardrails: {
      stopConditions: [
        {
          source: 'aws:cloudwatch:alarm',
          value:
            'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:payments-errors',
        },
      ],
      logConfigured: true,
      actionsMode: 'run-all',
    },
    actions: [
      {
        name: 'stop-instances',
        actionId: 'aws:ec2:stop-instances',
        state: 'completed',
        startedAt,
        endedAt: hoursAfter(startedAt, 1),
      },
    ],
    tags: { 'backstage.io/entity-ref': 'component:default/payments' },
    entityRefs: ['component:default/payments'],
    ...overrides,
  };
}

/** One experiment of every fate, the newest first. */
export function experiments(): ExperimentItem[] {
  return [
    experiment('EXP0running', {
      title: 'Latency between services',
      state: 'running',
      reason: null,
      createdAt: daysAgo(0),
      startedAt: daysAgo(0),
      endedAt: null,
      countsAsGameDay: false,
    }),
    experiment('EXP1completed'),
    experiment('EXP2stopped', {
      title: 'Database failover',
      state: 'stopped',
      reason: 'Experiment halted by stop condition.',
      createdAt: daysAgo(60),
      startedAt: daysAgo(60),
      endedAt: hoursAfter(daysAgo(60), 0.25),
    }),
    experiment('EXP3dryrun', {
      title: 'Rehearsal of a rehearsal',
      createdAt: daysAgo(70),
      startedAt: daysAgo(70),
      endedAt: hoursAfter(daysAgo(70), 0.1),
      dryRun: true,
      countsAsGameDay: false,
      guardrails: {
        stopConditions: [],
        logConfigured: false,
        actionsMode: 'skip-all',
      },
    }),
    experiment('EXP4cancelled', {
      title: 'CPU stress',
      state: 'cancelled',
      reason: 'Safety lever is engaged.',
      createdAt: daysAgo(80),
      startedAt: null,
      endedAt: daysAgo(80),
      countsAsGameDay: false,
    }),
    experiment('EXP5failed', {
      title: 'Packet loss',
      state: 'failed',
      reason: 'Target resolution returned empty set.',
      createdAt: daysAgo(90),
      startedAt: daysAgo(90),
      endedAt: hoursAfter(daysAgo(90), 0.1),
      countsAsGameDay: false,
      url: null,
    }),
  ];
}
