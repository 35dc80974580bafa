import {
  DAY_MS,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import {
  ExerciseRecord,
  OperationalExcellenceRecordsExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { serviceRef } from '../catalog';
import { DEMO_EXERCISES, DEMO_SERVICES, ExerciseStory } from '../data';

const MINUTE_MS = 60_000;

/**
 * Puts down the exercises of the demo. Each has its key, so that an interrupted
 * seeding goes on without doubling what it did.
 */
export async function seedExercises(options: {
  records: OperationalExcellenceRecordsExtensionPoint;
  seededAt: Instant;
}): Promise<void> {
  for (const story of DEMO_EXERCISES) {
    await options.records.recordExercise(recordOf(story, options.seededAt));
  }
}

function recordOf(story: ExerciseStory, seededAt: Instant): ExerciseRecord {
  const begin = seededAt - story.daysAgo * DAY_MS;
  const end = begin + story.minutes * MINUTE_MS;
  const facilitator = `user:default/${story.facilitator}`;
  const { held } = story;
  return {
    key: story.key,
    recordedBy: facilitator,
    kind: story.kind,
    title: story.title,
    entityRefs: DEMO_SERVICES.filter(({ name }) =>
      story.services.includes(name),
    ).map(serviceRef),
    plannedStart: begin,
    plannedEnd: end,
    facilitator,
    scope: `Demo data: ${story.scope}`,
    hypothesis: story.hypothesis ?? null,
    hypothesisBound: story.hypothesisBound ?? null,
    steadyState: story.steadyState ?? null,
    blastRadius: story.blastRadius ?? null,
    stopConditions: [...(story.stopConditions ?? [])],
    held: held
      ? {
          startedAt: begin,
          endedAt: end,
          outcome: held.outcome,
          surprises: held.surprises ?? null,
        }
      : null,
  };
}
