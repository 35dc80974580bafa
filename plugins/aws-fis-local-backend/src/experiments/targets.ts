import { FisError } from '../api/FisError';
import { Target, TemplateAction } from '../templates';

/**
 * The endpoint knows no resources. A target resolves to resources unless its
 * template says otherwise: by this resource tag with the value `0`.
 */
export const RESOLVES_TO_TAG = 'fis-local/resolves-to';

const resolvesToNothing = ({ resourceTags }: Target): boolean =>
  resourceTags?.[RESOLVES_TO_TAG] === '0';

/** The first target of an action that no resource matches. */
export function emptyTargetOf(
  action: TemplateAction,
  targets: Record<string, Target>,
): string | undefined {
  return Object.values(action.targets ?? {}).find(name =>
    resolvesToNothing(targets[name]),
  );
}

/** A tag of `StartExperiment` that makes the action of this name fail. */
export const FAILING_ACTION_TAG = 'fis-local/failing-action';

/** The action that is to fail, by the tags that an experiment is started with. */
export function failingActionOf(
  tags: Record<string, string>,
  actions: Record<string, TemplateAction>,
): string | undefined {
  const name = tags[FAILING_ACTION_TAG];
  if (name !== undefined && !Object.hasOwn(actions, name)) {
    throw new FisError(
      'ValidationException',
      `The tag ${FAILING_ACTION_TAG} names the unknown action ${name}.`,
    );
  }
  return name;
}
