import {
  ExerciseKind,
  ExerciseOutcome,
  exerciseSpan,
  ExerciseState,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import {
  instantOf,
  storableText,
  storableTexts,
  StoredBoolean,
  StoredInstant,
} from '../database';

/** What people plan, beside the services that are rehearsed. */
export interface ExercisePlan {
  kind: ExerciseKind;
  title: string;
  plannedStart: Instant;
  plannedEnd: Instant;
  facilitator: string | null;
  roles: { role: string; who: string }[];
  /** Markdown. */
  scope: string | null;
  hypothesis: string | null;
  hypothesisBound: string | null;
  steadyState: string | null;
  blastRadius: string | null;
  stopConditions: string[];
  abortOwner: string | null;
  rollbackTried: boolean;
  prerequisites: { text: string; done: boolean }[];
  environmentId: string | null;
}

/** What became of it. */
export interface ExerciseCourse {
  state: ExerciseState;
  startedAt: Instant | null;
  endedAt: Instant | null;
  outcome: ExerciseOutcome | null;
  /** Markdown. */
  surprises: string | null;
  cancelReason: string | null;
}

/** An exercise as it is stored, beside its services. */
export interface StoredExercise extends ExercisePlan, ExerciseCourse {
  /** Counts up in the order in which exercises were stored. */
  sequence: number;
  id: string;
  version: number;
  /** Of the plan that approvers decide on. */
  planHash: string;
  importKey: string | null;
  createdBy: string;
  createdAt: Instant;
  updatedBy: string;
  updatedAt: Instant;
}

/** A row of `exercises`, as it is read. */
export interface ExerciseRow {
  sequence: number;
  id: string;
  version: number;
  kind: ExerciseKind;
  title: string;
  state: ExerciseState;
  planned_start: StoredInstant;
  planned_end: StoredInstant;
  started_at: StoredInstant | null;
  ended_at: StoredInstant | null;
  starts_at: StoredInstant;
  ends_at: StoredInstant;
  facilitator: string | null;
  roles: string;
  scope: string | null;
  hypothesis: string | null;
  hypothesis_bound: string | null;
  steady_state: string | null;
  blast_radius: string | null;
  stop_conditions: string;
  abort_owner: string | null;
  rollback_tried: StoredBoolean;
  prerequisites: string;
  environment_id: string | null;
  outcome: ExerciseOutcome | null;
  surprises: string | null;
  cancel_reason: string | null;
  plan_hash: string;
  import_key: string | null;
  created_by: string;
  created_at: StoredInstant;
  updated_by: string;
  updated_at: StoredInstant;
}

export function exerciseOfRow(row: ExerciseRow): StoredExercise {
  return {
    sequence: row.sequence,
    id: row.id,
    version: row.version,
    kind: row.kind,
    title: row.title,
    state: row.state,
    plannedStart: instantOf(row.planned_start),
    plannedEnd: instantOf(row.planned_end),
    startedAt: instantOf(row.started_at),
    endedAt: instantOf(row.ended_at),
    facilitator: row.facilitator,
    roles: JSON.parse(row.roles),
    scope: row.scope,
    hypothesis: row.hypothesis,
    hypothesisBound: row.hypothesis_bound,
    steadyState: row.steady_state,
    blastRadius: row.blast_radius,
    stopConditions: JSON.parse(row.stop_conditions),
    abortOwner: row.abort_owner,
    rollbackTried: Boolean(row.rollback_tried),
    prerequisites: JSON.parse(row.prerequisites),
    environmentId: row.environment_id,
    outcome: row.outcome,
    surprises: row.surprises,
    cancelReason: row.cancel_reason,
    planHash: row.plan_hash,
    importKey: row.import_key,
    createdBy: row.created_by,
    createdAt: instantOf(row.created_at),
    updatedBy: row.updated_by,
    updatedAt: instantOf(row.updated_at),
  };
}

/** The columns of what people plan and of what became of it. */
export function exerciseColumns(exercise: ExercisePlan & ExerciseCourse) {
  const { from, to } = exerciseSpan(exercise);
  const title = storableText(exercise.title);
  return {
    kind: exercise.kind,
    title,
    search_text: title.toLocaleLowerCase('en-US'),
    state: exercise.state,
    planned_start: exercise.plannedStart,
    planned_end: exercise.plannedEnd,
    started_at: exercise.startedAt,
    ended_at: exercise.endedAt,
    starts_at: from,
    ends_at: to,
    facilitator: storableText(exercise.facilitator),
    roles: JSON.stringify(
      exercise.roles.map(({ role, who }) => ({
        role: storableText(role),
        who: storableText(who),
      })),
    ),
    scope: storableText(exercise.scope),
    hypothesis: storableText(exercise.hypothesis),
    hypothesis_bound: storableText(exercise.hypothesisBound),
    steady_state: storableText(exercise.steadyState),
    blast_radius: storableText(exercise.blastRadius),
    stop_conditions: storableTexts(exercise.stopConditions),
    abort_owner: storableText(exercise.abortOwner),
    rollback_tried: exercise.rollbackTried,
    prerequisites: JSON.stringify(
      exercise.prerequisites.map(({ done, text }) => ({
        text: storableText(text),
        done,
      })),
    ),
    environment_id: exercise.environmentId,
    outcome: exercise.outcome,
    surprises: storableText(exercise.surprises),
    cancel_reason: storableText(exercise.cancelReason),
  };
}
