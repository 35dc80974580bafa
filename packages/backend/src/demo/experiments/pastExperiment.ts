import {
  DAY_MS,
  FIS_ENTITY_REF_TAG,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { createHash } from 'crypto';
import { serviceRef } from '../catalog';
import {
  DemoService,
  GameDayOutcome,
  GameDayStory,
  Scenario,
  SCENARIOS,
} from '../data';
import { fisDefinition, FisPlace } from './fisShapes';

/** How FIS tells of an outcome. */
interface OutcomeWords {
  status: 'completed' | 'stopped' | 'failed' | 'cancelled';
  reason: string;
  actionStatus: string;
  /** How much of its action ran; `null` where none did. */
  ranShare: number | null;
}

const OUTCOMES: Record<GameDayOutcome, OutcomeWords> = {
  completed: {
    status: 'completed',
    reason: 'Experiment completed.',
    actionStatus: 'completed',
    ranShare: 1,
  },
  stopped: {
    status: 'stopped',
    reason: 'Experiment halted by stop condition.',
    actionStatus: 'stopped',
    ranShare: 0.4,
  },
  failed: {
    status: 'failed',
    reason: 'Target resolution returned empty set.',
    actionStatus: 'cancelled',
    ranShare: null,
  },
  cancelled: {
    status: 'cancelled',
    reason: 'The safety lever was engaged.',
    actionStatus: 'cancelled',
    ranShare: null,
  },
  'dry-run': {
    status: 'completed',
    reason: 'Experiment completed.',
    actionStatus: 'skipped',
    ranShare: null,
  },
};

/** Tags by which an experiment tells which service it exercised. */
function matchingTags(
  service: DemoService,
  { matchedBy = 'entity-ref' }: GameDayStory,
): Record<string, string> {
  switch (matchedBy) {
    case 'entity-ref':
      return { [FIS_ENTITY_REF_TAG]: serviceRef(service) };
    case 'tags':
      return { hub: 'central' };
    case 'template':
      return {};
    default:
      throw new TypeError(`Unknown way ${matchedBy satisfies never}`);
  }
}

/** An experiment of the past, as the local endpoint's history takes it. */
export function pastExperiment(
  service: DemoService,
  gameDay: GameDayStory,
  options: { place: FisPlace; templateId: string; seededAt: Instant },
) {
  const { daysAgo, outcome, scenario: scenarioId } = gameDay;
  const scenario: Scenario = SCENARIOS[scenarioId];
  const { actions, description, ...definition } = fisDefinition(
    scenario,
    options.place,
  );
  const { actionStatus, ranShare, reason, status } = OUTCOMES[outcome];

  const created = options.seededAt / 1000 - daysAgo * (DAY_MS / 1000);
  const started = created + 5;
  const ended = started + (ranShare ?? 0) * scenario.minutes * 60 + 2;
  const times = ranShare === null ? {} : { startTime: started, endTime: ended };
  const { name } = scenario.action;
  return {
    ...definition,
    id: experimentId(service, gameDay),
    experimentTemplateId: options.templateId,
    state: { status, reason },
    actions: {
      [name]: { ...actions[name], state: { status: actionStatus }, ...times },
    },
    creationTime: created,
    startTime: started,
    endTime: ended,
    tags: {
      Name: description,
      demo: 'true',
      environment: 'staging',
      ...matchingTags(service, gameDay),
    },
    experimentOptions: {
      accountTargeting: 'single-account',
      emptyTargetResolutionMode: 'fail',
      actionsMode: outcome === 'dry-run' ? 'skip-all' : 'run-all',
    },
  };
}

/** The same each time, so that a history that is imported again is no other one. */
function experimentId(service: DemoService, gameDay: GameDayStory): string {
  const digest = createHash('sha256')
    .update(`${service.name} ${gameDay.daysAgo} ${gameDay.scenario}`)
    .digest('hex');
  return `EXP${digest.slice(0, 17)}`;
}
