import { useApi } from '@backstage/frontend-plugin-api';
import type { ExerciseTransitionInput } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../../api';
import { isConflict } from '../../conflicts';
import { Acting, useAct } from '../../useAct';
import type { TransitionProps } from './TransitionProps';

type Wanted = ExerciseTransitionInput extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'version'>
    : never
  : never;

/**
 * Moves an exercise on. Where somebody else has changed it, it is read again, and
 * asking once more moves on what is shown then.
 */
export function useTransition(
  props: TransitionProps,
): [Acting, (wanted: Wanted) => Promise<void>] {
  const { exercise, onConflict, onDone } = props;
  const api = useApi(operationalExcellenceApiRef);
  const [acting, act] = useAct();
  const move = (wanted: Wanted) =>
    act(async () => {
      const { id, version } = exercise;
      try {
        await api.moveExercise(id, {
          ...wanted,
          version,
        } as ExerciseTransitionInput);
      } catch (error) {
        if (isConflict(error)) onConflict();
        throw error;
      }
      onDone();
    });
  return [acting, move];
}
