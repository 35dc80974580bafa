import { ExerciseRecord } from 'backstage-plugin-operational-excellence-node';
import { createHash } from 'node:crypto';
import { ExercisePlan } from './exerciseRows';

/**
 * Of what approvers decide on; the same for the same plan, whatever the order of
 * its services.
 */
export function planHash(
  plan: ExercisePlan,
  serviceIds: readonly number[],
): string {
  return hashOf([
    plan.kind,
    [...serviceIds].sort((a, b) => a - b),
    plan.plannedStart,
    plan.plannedEnd,
    plan.scope,
    plan.hypothesis,
    plan.hypothesisBound,
    plan.steadyState,
    plan.blastRadius,
    plan.stopConditions,
    plan.environmentId,
  ]);
}

/** Of all that was sent with a key, whatever the order of the services. */
export function submissionHash(
  plan: ExercisePlan,
  serviceIds: readonly number[],
): string {
  return hashOf([
    planHash(plan, serviceIds),
    plan.title,
    plan.facilitator,
    plan.roles.map(({ role, who }) => [role, who]),
    plan.abortOwner,
    plan.rollbackTried,
    plan.prerequisites.map(({ done, text }) => [text, done]),
  ]);
}

/** The same for what was recorded, with what became of it. */
export function recordHash(
  plan: ExercisePlan,
  serviceIds: readonly number[],
  held: ExerciseRecord['held'],
): string {
  return hashOf([
    submissionHash(plan, serviceIds),
    held && [held.startedAt, held.endedAt, held.outcome, held.surprises],
  ]);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
