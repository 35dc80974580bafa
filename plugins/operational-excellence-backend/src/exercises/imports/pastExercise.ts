import {
  heldTimesProblem,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { storableText } from '../../database';
import { ImportError } from '../../imports';
import { cleanLine, cleanText } from '../../improvements/text';
import {
  ExerciseCourse,
  exerciseColumns,
  ExercisePlan,
  StoredExercise,
} from '../exerciseRows';
import { ExerciseImportEntry, referencesOf } from './exerciseImportSchema';
import { ImportedServices } from './ImportedServices';

/** An exercise of the past, once it is known what its fields mean. */
export interface PastExercise {
  importKey: string;
  serviceIds: number[];
  kind: StoredExercise['kind'];
  title: string;
  startedAt: Instant;
  endedAt: Instant;
  /** What the file leaves out stays as it is. */
  outcome: StoredExercise['outcome'] | undefined;
  facilitator: string | undefined;
  hypothesis: string | undefined;
  surprises: string | undefined;
}

/** What an entry means, or what is wrong with it. */
export function readPastExercise(
  entry: ExerciseImportEntry,
  options: { line: number; now: Instant; services: ImportedServices },
): PastExercise | ImportError[] {
  const { line, now, services } = options;
  const errors: ImportError[] = [];
  const wrong = (field: keyof ExerciseImportEntry, message: string) =>
    errors.push({ line, field, message });

  const serviceIds = new Set<number>();
  for (const ref of referencesOf(entry.services)) {
    const id = services.id(ref);
    if (id !== undefined) {
      serviceIds.add(id);
    } else {
      wrong(
        'services',
        `there is no service ${ref}; expected an entity reference, such as component:default/payments`,
      );
    }
  }
  const startedAt = Date.parse(entry.start);
  const endedAt = Date.parse(entry.end);
  const problem = heldTimesProblem({ startedAt, endedAt }, now);
  if (problem !== undefined) {
    wrong(
      problem.startsWith('startedAt') ? 'start' : 'end',
      problem.replace('startedAt', 'start').replace('endedAt', 'end'),
    );
  }
  const title = cleanLine(entry.title);
  if (!title) wrong('title', 'expected more than control characters');
  if (errors.length) return errors;
  return {
    importKey: storableText(entry.externalId),
    serviceIds: [...serviceIds].sort((a, b) => a - b),
    kind: entry.kind,
    title,
    startedAt,
    endedAt,
    outcome: entry.outcome,
    facilitator: cleanLine(entry.facilitator ?? '') || undefined,
    hypothesis: cleanText(entry.hypothesis ?? '').trim() || undefined,
    surprises: cleanText(entry.surprises ?? '').trim() || undefined,
  };
}

/** What was planned and what became of it, where nothing is known before. */
const NOTHING_KNOWN: Omit<
  ExercisePlan & ExerciseCourse,
  'kind' | 'title' | 'plannedStart' | 'plannedEnd' | 'startedAt' | 'endedAt'
> = {
  facilitator: null,
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
  environmentId: null,
  state: 'held',
  outcome: 'completed',
  surprises: null,
  cancelReason: null,
};

/**
 * An exercise as it is after an import; what is not imported stays as it was. Of
 * the past, nothing is known of the plan but when it was held.
 */
export function afterImport(
  past: PastExercise,
  before?: StoredExercise,
): ExercisePlan & ExerciseCourse {
  const known = before ?? NOTHING_KNOWN;
  return {
    ...known,
    kind: past.kind,
    title: past.title,
    startedAt: past.startedAt,
    endedAt: past.endedAt,
    plannedStart: before?.plannedStart ?? past.startedAt,
    plannedEnd: before?.plannedEnd ?? past.endedAt,
    state: 'held',
    outcome: past.outcome ?? known.outcome,
    facilitator: past.facilitator ?? known.facilitator,
    hypothesis: past.hypothesis ?? known.hypothesis,
    surprises: past.surprises ?? known.surprises,
  };
}

/** Whether an import would change nothing. */
export function isSameAfter(
  past: PastExercise,
  before: StoredExercise,
  serviceIds: readonly number[],
): boolean {
  const after = exerciseColumns(afterImport(past, before));
  return (
    JSON.stringify(after) === JSON.stringify(exerciseColumns(before)) &&
    past.serviceIds.join() === serviceIds.join()
  );
}
