import type {
  ExerciseChange,
  ExerciseSubmissionInput,
} from 'backstage-plugin-operational-excellence-common';
import { toInstant } from '../localTimes';
import {
  ExerciseDraft,
  isSame,
  PLAN_FIELDS,
  PlanWording,
} from './ExerciseDraft';

type Plan = Omit<ExerciseSubmissionInput, 'key'>;

/** What each field of the form is sent as; rows that nothing was typed into are left out. */
function planOf(wording: PlanWording): Required<Plan> {
  return {
    kind: wording.kind,
    title: wording.title.trim(),
    entityRefs: wording.services.map(({ entityRef }) => entityRef),
    plannedStart: toInstant(wording.plannedStart) ?? '',
    plannedEnd: toInstant(wording.plannedEnd) ?? '',
    facilitator: wording.facilitator.trim() || null,
    roles: wording.roles
      .map(({ role, who }) => ({ role: role.trim(), who: who.trim() }))
      .filter(({ role, who }) => role || who),
    scope: wording.scope.trim() || null,
    hypothesis: wording.hypothesis.trim() || null,
    hypothesisBound: wording.hypothesisBound.trim() || null,
    steadyState: wording.steadyState.trim() || null,
    blastRadius: wording.blastRadius.trim() || null,
    stopConditions: wording.stopConditions
      .map(({ text }) => text.trim())
      .filter(Boolean),
    abortOwner: wording.abortOwner.trim() || null,
    rollbackTried: wording.rollbackTried,
    prerequisites: wording.prerequisites
      .map(({ done, text }) => ({ text: text.trim(), done }))
      .filter(({ text }) => text),
    environmentId: wording.environment?.id ?? null,
  };
}

/** What a draft without problems is sent as. */
export function submissionOf(draft: ExerciseDraft): ExerciseSubmissionInput {
  return { key: draft.key, ...planOf(draft) };
}

const SENT_AS: Partial<Record<keyof PlanWording, keyof Plan>> = {
  services: 'entityRefs',
  environment: 'environmentId',
};

/** What was changed of a plan, and nothing else: the rest may be somebody else's. */
export function changeOf(
  edited: PlanWording,
  base: PlanWording,
  version: number,
): ExerciseChange {
  const plan = planOf(edited);
  const changed = PLAN_FIELDS.filter(field => !isSame(edited, base, field));
  return {
    version,
    ...Object.fromEntries(
      changed.map(field => {
        const name = SENT_AS[field] ?? (field as keyof Plan);
        return [name, plan[name]];
      }),
    ),
  };
}
