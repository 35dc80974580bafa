import type {
  Exercise,
  ExperimentItem,
} from 'backstage-plugin-operational-excellence-common';
import { spanOf } from '../../exercises/words/spans';

/** One rehearsal of a service, of either kind. */
export type Rehearsal =
  | { kind: 'exercise'; at: string; exercise: Exercise }
  | { kind: 'experiment'; at: string; experiment: ExperimentItem };

/** As much of a list as is loaded, the newest first. */
interface Loaded<T> {
  items: T[];
  /** Whether older ones are not loaded yet. */
  hasMore: boolean;
}

/** A list that is merged of two. */
export interface Timeline {
  rehearsals: Rehearsal[];
  /** Which of the two lists has to be read on for the timeline to go on. */
  next: 'exercises' | 'experiments' | undefined;
}

/**
 * Exercises and experiments in one order, the newest first. It ends where one of
 * the two lists does that is not loaded to its end: nothing may come in between
 * later.
 */
export function mergeTimeline(
  exercises: Loaded<Exercise>,
  experiments: Loaded<ExperimentItem>,
): Timeline {
  const ofExercises = exercises.items.map(
    (exercise): Rehearsal => ({
      kind: 'exercise',
      at: spanOf(exercise).start,
      exercise,
    }),
  );
  const ofExperiments = experiments.items.map(
    (experiment): Rehearsal => ({
      kind: 'experiment',
      at: experiment.createdAt,
      experiment,
    }),
  );
  const ends = [
    { next: 'exercises', all: ofExercises, hasMore: exercises.hasMore },
    { next: 'experiments', all: ofExperiments, hasMore: experiments.hasMore },
  ] as const;
  const [end] = ends
    .filter(({ hasMore }) => hasMore)
    .map(({ all, next }) => ({ next, at: timeOf(all[all.length - 1]) }))
    .sort((a, b) => b.at - a.at);
  return {
    rehearsals: [...ofExercises, ...ofExperiments]
      .filter(rehearsal => !end || timeOf(rehearsal) >= end.at)
      .sort((a, b) => timeOf(b) - timeOf(a)),
    next: end?.next,
  };
}

function timeOf(rehearsal: Rehearsal | undefined): number {
  return rehearsal ? Date.parse(rehearsal.at) : Infinity;
}
