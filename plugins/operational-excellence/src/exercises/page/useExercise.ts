import { useApi } from '@backstage/frontend-plugin-api';
import {
  isFinalExperimentState,
  type ExerciseDetail,
} from 'backstage-plugin-operational-excellence-common';
import { useCallback, useRef } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { announceServiceChange, useServiceChanges } from '../../improvements';
import { Loadable, useLoadable, usePolling } from '../../loading';

const LIVE_EVERY_MS = 5_000;

/** An exercise, read again while something goes on in it. */
export interface Exercising {
  loaded: Loadable<ExerciseDetail>;
  /** What was last read, where reading it again fails. */
  last: ExerciseDetail | undefined;
  /** Reads it again, and lets whatever shows its services do so too. */
  refresh: () => void;
}

/** Whether its experiments, or somebody who takes part, may change something. */
export function isLive(exercise: ExerciseDetail): boolean {
  return (
    exercise.state === 'running' ||
    exercise.experiments.some(({ state }) => !isFinalExperimentState(state))
  );
}

/** Reads an exercise, every five seconds while something goes on in it. */
export function useExercise(id: string): Exercising {
  const api = useApi(operationalExcellenceApiRef);
  const changes = useServiceChanges();
  const loaded = useLoadable(`${id} ${changes}`, signal =>
    api.getExercise(id, { signal }),
  );
  const last = useRef<ExerciseDetail>();
  if (loaded.status === 'ready') last.current = loaded.value;
  if (loaded.status === 'forbidden' || loaded.status === 'not-found') {
    last.current = undefined;
  }
  const current = last.current;
  usePolling(loaded, {
    everyMs: LIVE_EVERY_MS,
    isActive: current !== undefined && isLive(current),
  });

  const refresh = useCallback(() => {
    last.current?.services.forEach(({ entityRef }) =>
      announceServiceChange(entityRef),
    );
  }, []);
  return { loaded, last: current, refresh };
}
