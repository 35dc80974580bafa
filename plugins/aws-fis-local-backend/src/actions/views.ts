import { FisError } from '../api/FisError';
import { arnOf, page, PageRequest, Scope } from '../database';
import { ACTIONS } from './catalog';

const ACTION_IDS = Object.keys(ACTIONS).sort();

/** `Action` of the API reference. */
export function describeAction(scope: Scope, id: string) {
  if (!Object.hasOwn(ACTIONS, id)) {
    throw new FisError(
      'ResourceNotFoundException',
      `Action does not exist: ${id}`,
    );
  }
  const { description, parameters = {}, targets = {} } = ACTIONS[id];
  return {
    id,
    arn: arnOf(scope, 'action', id),
    description,
    parameters,
    targets,
    tags: {},
  };
}

/** A page of `ActionSummary` of the API reference. */
export async function listActions(scope: Scope, request: PageRequest) {
  const { items, nextToken } = await page(
    'actions',
    request,
    async (after, limit) =>
      ACTION_IDS.filter(id => id > after)
        .slice(0, limit)
        .map(id => {
          const { parameters: _, ...summary } = describeAction(scope, id);
          return summary;
        }),
  );
  return { actions: items, nextToken };
}
