import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Finding,
  RetestSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { Loadable, useLoadable } from '../../loading';

/** How many of each kind are looked at, the newest first. */
const SHOWN = 50;

/** An exercise or experiment that can have tested a finding again. */
export interface RetestChoice {
  /** Unique among all of them. */
  id: string;
  by: RetestSubmission['by'];
  title: string;
  heldAt: string;
}

/** What of the service was held since a finding came up, newest first. */
export function useRetestChoices(finding: Finding): Loadable<RetestChoice[]> {
  const api = useApi(operationalExcellenceApiRef);
  const { createdAt, entityRef, id, origin } = finding;
  return useLoadable(id, async signal => {
    const [exercises, experiments] = await Promise.all([
      api.getExercises(
        { entityRef, stage: ['held'], limit: SHOWN },
        { signal },
      ),
      api.getExperiments({ service: entityRef, limit: SHOWN }, { signal }),
    ]);
    const choices: RetestChoice[] = [
      ...exercises.items.flatMap(each =>
        each.startedAt === null || each.id === origin.id
          ? []
          : [
              {
                id: `exercise ${each.id}`,
                by: { kind: 'exercise' as const, id: each.id },
                title: each.title,
                heldAt: each.startedAt,
              },
            ],
      ),
      ...experiments.items.flatMap(each =>
        each.startedAt === null || !each.countsAsGameDay
          ? []
          : [
              {
                id: `experiment ${each.sourceId} ${each.id}`,
                by: {
                  kind: 'experiment' as const,
                  sourceId: each.sourceId,
                  id: each.id,
                },
                title: each.title,
                heldAt: each.startedAt,
              },
            ],
      ),
    ];
    return choices
      .filter(({ heldAt }) => Date.parse(heldAt) > Date.parse(createdAt))
      .sort((a, b) => Date.parse(b.heldAt) - Date.parse(a.heldAt));
  });
}
