import { actionDuration, ACTIONS } from '../actions';
import { FisError } from '../api/FisError';
import { TemplateDefinition } from './shapes';

const MAX_ACTIONS = 20;
const MAX_STOP_CONDITIONS = 5;
const MAX_DURATION_MS = 12 * 60 * 60_000;

const invalid = (message: string) =>
  new FisError('ValidationException', message);

function checkQuotas({ actions, stopConditions }: TemplateDefinition): void {
  if (Object.keys(actions).length > MAX_ACTIONS) {
    throw new FisError(
      'ServiceQuotaExceededException',
      `An experiment template can have at most ${MAX_ACTIONS} actions.`,
    );
  }
  if (stopConditions.length > MAX_STOP_CONDITIONS) {
    throw new FisError(
      'ServiceQuotaExceededException',
      `An experiment template can have at most ${MAX_STOP_CONDITIONS} stop conditions.`,
    );
  }
}

function checkTargets({ targets = {} }: TemplateDefinition): void {
  for (const [name, target] of Object.entries(targets)) {
    const arns = target.resourceArns?.length ?? 0;
    const tags = Object.keys(target.resourceTags ?? {}).length;
    if (arns > 0 && tags > 0) {
      throw invalid(`Target ${name} has both resource ARNs and resource tags.`);
    }
    const others = target.filters?.length || target.parameters;
    if (arns === 0 && tags === 0 && !others) {
      throw invalid(
        `Target ${name} must have at least one resource ARN or resource tag.`,
      );
    }
  }
}

function checkActions({ actions, targets = {} }: TemplateDefinition): void {
  if (Object.keys(actions).length === 0) {
    throw invalid('An experiment template must have at least one action.');
  }
  for (const [name, action] of Object.entries(actions)) {
    for (const target of Object.values(action.targets ?? {})) {
      if (!Object.hasOwn(targets, target)) {
        throw invalid(`Action ${name} names the unknown target ${target}.`);
      }
    }
    for (const other of action.startAfter ?? []) {
      if (!Object.hasOwn(actions, other)) {
        throw invalid(
          `Action ${name} starts after the unknown action ${other}.`,
        );
      }
    }
    const parameters = ACTIONS[action.actionId]?.parameters ?? {};
    for (const [parameter, { required }] of Object.entries(parameters)) {
      if (required && action.parameters?.[parameter] === undefined) {
        throw invalid(
          `Action ${name} (${action.actionId}) lacks the parameter ${parameter}.`,
        );
      }
    }
    if (actionDuration(action) === undefined) {
      throw invalid(`The duration of action ${name} is not an ISO 8601 one.`);
    }
  }
}

/** How long the actions take altogether; refuses actions that wait in a circle. */
function totalDuration({ actions }: TemplateDefinition): number {
  const ends = new Map<string, number>();
  const underWay = new Set<string>();
  const endOf = (name: string): number => {
    const known = ends.get(name);
    if (known !== undefined) return known;
    if (underWay.has(name)) {
      throw invalid(`Action ${name} starts after itself.`);
    }
    underWay.add(name);
    const start = Math.max(0, ...(actions[name].startAfter ?? []).map(endOf));
    const end = start + actionDuration(actions[name])!;
    ends.set(name, end);
    return end;
  };
  return Math.max(...Object.keys(actions).map(endOf));
}

/**
 * Refuses a template whose parts do not fit together or that exceeds a quota.
 *
 * @throws FisError
 */
export function checkDefinition(definition: TemplateDefinition): void {
  checkQuotas(definition);
  checkTargets(definition);
  checkActions(definition);
  if (totalDuration(definition) > MAX_DURATION_MS) {
    throw invalid('An experiment can run for at most 12 hours.');
  }
}
