import { ExerciseRecord } from 'backstage-plugin-operational-excellence-node';
import { ExercisePlan } from './exerciseRows';

/** The plan of an exercise that somebody trusted recorded. */
export function planOfRecord(record: ExerciseRecord): ExercisePlan {
  return {
    kind: record.kind,
    title: record.title,
    plannedStart: record.plannedStart,
    plannedEnd: record.plannedEnd,
    facilitator: record.facilitator,
    roles: [],
    scope: record.scope,
    hypothesis: record.hypothesis,
    hypothesisBound: record.hypothesisBound,
    steadyState: record.steadyState,
    blastRadius: record.blastRadius,
    stopConditions: record.stopConditions,
    abortOwner: null,
    rollbackTried: false,
    prerequisites: [],
    environmentId: null,
  };
}
