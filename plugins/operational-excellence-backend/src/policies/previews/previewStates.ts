import {
  Instant,
  Measure,
  MEASURE_STATES,
  MeasureFacts,
  MEASURES,
  measureStanding,
  MeasureState,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import {
  computeForPolicy,
  EXPERIMENTS_GROUP,
  measureFactsOf,
  ServiceFacts,
  StoredStatusRow,
} from '../../status';
import { Subject } from './previewRows';

/** Until when sources are fresh; `null` where one never answered. */
export interface Freshness {
  ofGroup(id: string): Instant | null;
  ofScope(id: number): Instant | null;
}

/** What the states of a service follow from, beside its policy. */
export interface StoredService {
  status: StoredStatusRow;
  /** As `readPolicyFacts` reads them. */
  facts: ServiceFacts;
}

type States = Record<Subject, MeasureState>;

/** The states that a service has, and those that it would have under a policy. */
export function previewStates(
  { facts, status }: StoredService,
  options: {
    now: Instant;
    policy: Policy | undefined;
    experimentSourceIds: readonly string[];
    freshness: Freshness;
  },
): { from: States; to: States } {
  const { freshness, now } = options;
  const before = measureFactsOf(status, freshness.ofGroup);
  const computed = computeForPolicy(status, facts, options);
  const last = computed.lastGameDay;
  const after: Record<Measure, MeasureFacts> = {
    ...computed.facts,
    backlog: {
      ...computed.facts.backlog,
      freshUntil: before.backlog.freshUntil,
      completeUntil: before.backlog.completeUntil,
    },
    gameDay: {
      ...computed.facts.gameDay,
      freshUntil:
        last && last.scopeId !== null
          ? freshness.ofScope(last.scopeId)
          : Infinity,
      completeUntil: computed.awaitsExperiments
        ? freshness.ofGroup(EXPERIMENTS_GROUP)
        : Infinity,
    },
  };
  return { from: statesOf(before, now), to: statesOf(after, now) };
}

function statesOf(facts: Record<Measure, MeasureFacts>, now: Instant): States {
  const [backlog, gameDay, readinessTest] = (
    ['backlog', 'gameDay', 'readinessTest'] as const
  ).map(measure => measureStanding(facts[measure], { now }).state);
  const states = { backlog, gameDay, readinessTest };
  const service =
    MEASURE_STATES[
      Math.min(...MEASURES.map(of => MEASURE_STATES.indexOf(states[of])))
    ];
  return { service, ...states };
}
