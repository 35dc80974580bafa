import {
  exerciseKindSchema,
  type ExerciseDetail,
  type ExerciseKind,
} from 'backstage-plugin-operational-excellence-common';
import { newSubmissionKey } from '../../improvements/draft';
import { toLocalTime } from '../localTimes';

/** One row of a list, with an id that tells it from the others while it is typed. */
export type Row<Fields> = Fields & { rowId: number };

/** What a person types into the form. */
export interface PlanWording {
  kind: ExerciseKind;
  title: string;
  services: { entityRef: string; title: string }[];
  /** Local times, such as 2026-12-31T09:30. */
  plannedStart: string;
  plannedEnd: string;
  facilitator: string;
  roles: Row<{ role: string; who: string }>[];
  scope: string;
  hypothesis: string;
  hypothesisBound: string;
  steadyState: string;
  blastRadius: string;
  stopConditions: Row<{ text: string }>[];
  abortOwner: string;
  rollbackTried: boolean;
  prerequisites: Row<{ text: string; done: boolean }>[];
  environment: { id: string; title: string } | null;
}

/** A plan that is being written, and may be kept for long. */
export interface ExerciseDraft extends PlanWording {
  /** The key under which it is submitted, however often that is tried. */
  key: string;
}

export const EMPTY_PLAN: PlanWording = {
  kind: 'game-day',
  title: '',
  services: [],
  plannedStart: '',
  plannedEnd: '',
  facilitator: '',
  roles: [],
  scope: '',
  hypothesis: '',
  hypothesisBound: '',
  steadyState: '',
  blastRadius: '',
  stopConditions: [],
  abortOwner: '',
  rollbackTried: false,
  prerequisites: [],
  environment: null,
};

/** A draft in which only that is filled in which was known beforehand. */
export function newDraft(known: Partial<PlanWording> = {}): ExerciseDraft {
  return { key: newSubmissionKey(), ...EMPTY_PLAN, ...known };
}

function rows<Fields extends object>(items: readonly Fields[]): Row<Fields>[] {
  return items.map((item, index) => ({ ...item, rowId: index + 1 }));
}

/** The plan of an exercise, as the form shows it. */
export function wordingOf(exercise: ExerciseDetail): PlanWording {
  return {
    kind: exercise.kind,
    title: exercise.title,
    services: exercise.services,
    plannedStart: toLocalTime(exercise.plannedStart),
    plannedEnd: toLocalTime(exercise.plannedEnd),
    facilitator: exercise.facilitator ?? '',
    roles: rows(exercise.roles),
    scope: exercise.scope ?? '',
    hypothesis: exercise.hypothesis ?? '',
    hypothesisBound: exercise.hypothesisBound ?? '',
    steadyState: exercise.steadyState ?? '',
    blastRadius: exercise.blastRadius ?? '',
    stopConditions: rows(exercise.stopConditions.map(text => ({ text }))),
    abortOwner: exercise.abortOwner ?? '',
    rollbackTried: exercise.rollbackTried,
    prerequisites: rows(exercise.prerequisites),
    environment: exercise.environment,
  };
}

export const PLAN_FIELDS = Object.keys(EMPTY_PLAN) as (keyof PlanWording)[];

/** Whether two plans say the same in a field. */
export function isSame(
  a: PlanWording,
  b: PlanWording,
  field: keyof PlanWording,
): boolean {
  return JSON.stringify(a[field]) === JSON.stringify(b[field]);
}

/** Whether nothing was typed since a draft was begun. */
export function isUntouched(draft: PlanWording, begun: PlanWording): boolean {
  return PLAN_FIELDS.every(field => isSame(draft, begun, field));
}

/** A further row of a list. */
export function nextRowId(list: readonly { rowId: number }[]): number {
  return 1 + Math.max(0, ...list.map(({ rowId }) => rowId));
}

/**
 * A plan as it was kept, perhaps by another version of the plugin; `undefined`
 * where it is none.
 */
export function parseWording(kept: unknown): PlanWording | undefined {
  const fields = fieldsOf(kept);
  if (!fields) return undefined;
  const kind = exerciseKindSchema.safeParse(fields.kind);
  const text = (name: string) => textOf(fields[name]);
  const list = (name: string) =>
    [fields[name] ?? []]
      .flat()
      .flatMap<Record<string, unknown>>(each => fieldsOf(each) ?? []);
  const environment = fieldsOf(fields.environment);
  return {
    kind: kind.success ? kind.data : EMPTY_PLAN.kind,
    title: text('title'),
    services: list('services').flatMap(({ entityRef, title }) =>
      textOf(entityRef)
        ? { entityRef: textOf(entityRef), title: textOf(title) }
        : [],
    ),
    plannedStart: text('plannedStart'),
    plannedEnd: text('plannedEnd'),
    facilitator: text('facilitator'),
    roles: rows(
      list('roles').map(({ role, who }) => ({
        role: textOf(role),
        who: textOf(who),
      })),
    ),
    scope: text('scope'),
    hypothesis: text('hypothesis'),
    hypothesisBound: text('hypothesisBound'),
    steadyState: text('steadyState'),
    blastRadius: text('blastRadius'),
    stopConditions: rows(
      list('stopConditions').map(each => ({ text: textOf(each.text) })),
    ),
    abortOwner: text('abortOwner'),
    rollbackTried: fields.rollbackTried === true,
    prerequisites: rows(
      list('prerequisites').map(each => ({
        text: textOf(each.text),
        done: each.done === true,
      })),
    ),
    environment:
      environment && textOf(environment.id)
        ? { id: textOf(environment.id), title: textOf(environment.title) }
        : null,
  };
}

/** What is kept of a plan: nothing but what JSON has. */
export function formatWording(wording: PlanWording) {
  const { environment, prerequisites, roles, services, stopConditions } =
    wording;
  return {
    ...wording,
    services: services.map(each => ({ ...each })),
    roles: roles.map(each => ({ ...each })),
    stopConditions: stopConditions.map(each => ({ ...each })),
    prerequisites: prerequisites.map(each => ({ ...each })),
    environment: environment && { ...environment },
  };
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
