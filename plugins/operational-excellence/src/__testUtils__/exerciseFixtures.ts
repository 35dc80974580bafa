import type {
  EnvironmentItem,
  ExerciseDetail,
  LinkedExperiment,
} from 'backstage-plugin-operational-excellence-common';
import { daysAgo, inDays } from './instants';

const HOUR_MS = 3_600_000;

function hoursAfter(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * HOUR_MS).toISOString();
}

/** A game day of the payments that is planned for next week. */
export function exercise(
  id: string,
  overrides: Partial<ExerciseDetail> = {},
): ExerciseDetail {
  const plannedStart = overrides.plannedStart ?? inDays(7);
  return {
    id,
    version: 1,
    kind: 'game-day',
    title: `Game day ${id}`,
    state: 'planned',
    stage: overrides.state ?? 'planned',
    services: [{ entityRef: 'component:default/payments', title: 'Payments' }],
    hiddenServices: 0,
    plannedStart,
    plannedEnd: hoursAfter(plannedStart, 2),
    startedAt: null,
    endedAt: null,
    facilitator: 'user:default/rosa',
    outcome: null,
    approvalState: 'not-required',
    environment: null,
    experimentCount: overrides.experiments?.length ?? 0,
    findingCount: overrides.findings?.length ?? 0,
    openFindingCount: overrides.findings?.length ?? 0,
    unguarded: false,
    roles: [],
    scope: null,
    hypothesis: null,
    hypothesisBound: null,
    steadyState: null,
    blastRadius: null,
    stopConditions: [],
    abortOwner: null,
    rollbackTried: false,
    prerequisites: [],
    surprises: null,
    cancelReason: null,
    approvals: [],
    mayDecide: false,
    log: [],
    experiments: [],
    findings: [],
    tag: { key: 'operational-excellence-exercise', value: id },
    createdBy: 'user:default/guest',
    createdAt: daysAgo(10),
    updatedBy: 'user:default/guest',
    updatedAt: daysAgo(10),
    ...overrides,
  };
}

/** A game day that was held. */
export function heldExercise(
  id: string,
  overrides: Partial<ExerciseDetail> = {},
): ExerciseDetail {
  const startedAt = overrides.startedAt ?? daysAgo(40);
  return exercise(id, {
    state: 'held',
    stage: 'held',
    plannedStart: startedAt,
    startedAt,
    endedAt: hoursAfter(startedAt, 2),
    outcome: 'hypothesis-held',
    ...overrides,
  });
}

/** A game day that was planned and never held. */
export function missedExercise(
  id: string,
  overrides: Partial<ExerciseDetail> = {},
): ExerciseDetail {
  return exercise(id, {
    stage: 'missed',
    plannedStart: daysAgo(3),
    ...overrides,
  });
}

/** An experiment that runs, linked by its tag. */
export function linkedExperiment(
  id: string,
  overrides: Partial<LinkedExperiment> = {},
): LinkedExperiment {
  return {
    sourceId: 'aws-fis',
    id,
    title: `Experiment ${id}`,
    url: `https://eu-west-1.console.aws.amazon.com/fis/home?region=eu-west-1#ExperimentDetails:ExperimentId=${id}`,
    state: 'running',
    reason: null,
    startedAt: daysAgo(0),
    endedAt: null,
    dryRun: false,
    hasStopConditions: true,
    linkedBy: 'tag',
    ...overrides,
  };
}

/** An environment for a while. */
export function environment(
  id: string,
  overrides: Partial<EnvironmentItem> = {},
): EnvironmentItem {
  return {
    id,
    name: id,
    version: 1,
    kind: 'temporary',
    title: `Environment ${id}`,
    ownerRef: 'group:default/team-a',
    services: [],
    url: null,
    createdAt: daysAgo(5),
    expiresAt: inDays(5),
    removedAt: null,
    stage: 'active',
    reportedBy: 'user:default/guest',
    exerciseCount: 0,
    improvementCount: 0,
    ...overrides,
  };
}
