import { useApi } from '@backstage/frontend-plugin-api';
import { operationalExcellenceApiRef } from '../../api';
import { useServiceChanges } from '../../improvements';
import { isFailed, Loadable } from '../../loading';
import { Continuation, usePages } from '../../paging';
import { mergeTimeline, Timeline } from './mergeTimeline';

const PAGE_SIZE = 10;

/** The past exercises and the experiments of a service, as far as they are loaded. */
export function useTimeline(entityRef: string): {
  timeline: Loadable<Timeline & { total: number }>;
  more: Continuation;
} {
  const api = useApi(operationalExcellenceApiRef);
  const changes = useServiceChanges(entityRef);
  const exercises = usePages(`${entityRef} ${changes}`, (cursor, signal) =>
    api.getExercises(
      {
        entityRef,
        stage: ['held', 'cancelled'],
        sort: '-start',
        limit: PAGE_SIZE,
        cursor,
      },
      { signal },
    ),
  );
  const experiments = usePages(`${entityRef} ${changes}`, (cursor, signal) =>
    api.getExperiments(
      { service: entityRef, sort: '-createdAt', limit: PAGE_SIZE, cursor },
      { signal },
    ),
  );

  const failed = [exercises.list, experiments.list].find(isFailed);
  if (failed) return { timeline: failed, more: { status: 'end' } };
  if (
    exercises.list.status !== 'ready' ||
    experiments.list.status !== 'ready'
  ) {
    return { timeline: { status: 'loading' }, more: { status: 'end' } };
  }
  const [rehearsed, ran] = [exercises.list.value, experiments.list.value];
  const timeline = mergeTimeline(
    { items: rehearsed.items, hasMore: rehearsed.nextCursor !== undefined },
    { items: ran.items, hasMore: ran.nextCursor !== undefined },
  );
  const lists = { exercises: exercises.more, experiments: experiments.more };
  return {
    timeline: {
      ...exercises.list,
      value: { ...timeline, total: rehearsed.totalItems + ran.totalItems },
    },
    more: timeline.next ? lists[timeline.next] : { status: 'end' },
  };
}
