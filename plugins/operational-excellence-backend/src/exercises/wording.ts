import { InputError } from '@backstage/errors';
import {
  ExerciseChange,
  ExerciseSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { cleanLine, cleanText } from '../improvements/text';
import { ExercisePlan } from './exerciseRows';

type GivenPlan = Omit<ExerciseSubmission, 'key' | 'entityRefs'>;

/**
 * A plan as it is kept: times as instants, texts without what nobody sees.
 *
 * @throws InputError where nothing is left of a text that must be there
 */
export function planOf(given: GivenPlan): ExercisePlan {
  return {
    kind: given.kind,
    title: requiredLine(given.title, 'title'),
    plannedStart: Date.parse(given.plannedStart),
    plannedEnd: Date.parse(given.plannedEnd),
    facilitator: line(given.facilitator),
    roles: given.roles.map(({ role, who }, index) => ({
      role: requiredLine(role, `roles.${index}.role`),
      who: requiredLine(who, `roles.${index}.who`),
    })),
    scope: text(given.scope),
    hypothesis: text(given.hypothesis),
    hypothesisBound: text(given.hypothesisBound),
    steadyState: text(given.steadyState),
    blastRadius: text(given.blastRadius),
    stopConditions: given.stopConditions.map((each, index) =>
      requiredText(each, `stopConditions.${index}`),
    ),
    abortOwner: line(given.abortOwner),
    rollbackTried: given.rollbackTried,
    prerequisites: given.prerequisites.map((each, index) => ({
      text: requiredText(each.text, `prerequisites.${index}.text`),
      done: each.done,
    })),
    environmentId: given.environmentId || null,
  };
}

/**
 * A plan with what was changed of it.
 *
 * @throws InputError where nothing is left of a text that must be there
 */
export function changedPlan(
  plan: ExercisePlan,
  { version, entityRefs, surprises, ...change }: ExerciseChange,
): ExercisePlan {
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  return planOf({
    ...plan,
    plannedStart: new Date(plan.plannedStart).toISOString(),
    plannedEnd: new Date(plan.plannedEnd).toISOString(),
    ...given,
  });
}

/** A line that may be left empty; that is none. */
export function line(given: string | null): string | null {
  return given === null ? null : cleanLine(given) || null;
}

/** A text that may be left empty; that is none. */
export function text(given: string | null): string | null {
  return given === null ? null : cleanText(given).trim() || null;
}

/** @throws InputError where nothing is left of it */
export function requiredText(given: string, name: string): string {
  return required(cleanText(given).trim(), name);
}

function requiredLine(given: string, name: string): string {
  return required(cleanLine(given), name);
}

function required(cleaned: string, name: string): string {
  if (cleaned) return cleaned;
  throw new InputError(
    `Invalid body property ${name}: expected more than control characters`,
  );
}
