import { RECORD_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { toInstant } from '../localTimes';
import type { PlanWording } from './ExerciseDraft';

/** What is wrong with a field. */
export type PlanProblem =
  | {
      kind:
        | 'title-missing'
        | 'services-missing'
        | 'services-too-many'
        | 'start-missing'
        | 'end-missing'
        | 'end-before-start'
        | 'role-incomplete';
    }
  | { kind: 'too-long'; max: number };

/** What has to be corrected before a plan can be saved, by field. */
export type PlanProblems = Partial<Record<keyof PlanWording, PlanProblem>> & {
  /** By the id of the row. */
  rows: Record<
    'roles' | 'stopConditions' | 'prerequisites',
    Record<number, PlanProblem>
  >;
};

const MAX_SERVICES = 50;

const MAX_LENGTHS = {
  title: RECORD_TEXT_MAX.title,
  facilitator: RECORD_TEXT_MAX.name,
  scope: RECORD_TEXT_MAX.text,
  hypothesis: RECORD_TEXT_MAX.line,
  hypothesisBound: RECORD_TEXT_MAX.line,
  steadyState: RECORD_TEXT_MAX.line,
  blastRadius: RECORD_TEXT_MAX.line,
  abortOwner: RECORD_TEXT_MAX.name,
} as const;

export function planProblems(draft: PlanWording): PlanProblems {
  const problems: PlanProblems = {
    rows: {
      roles: problemsOf(draft.roles, ({ role, who }) => {
        if (!role.trim() !== !who.trim()) return { kind: 'role-incomplete' };
        return (
          tooLong(role, RECORD_TEXT_MAX.name) ??
          tooLong(who, RECORD_TEXT_MAX.name)
        );
      }),
      stopConditions: problemsOf(draft.stopConditions, ({ text }) =>
        tooLong(text, RECORD_TEXT_MAX.line),
      ),
      prerequisites: problemsOf(draft.prerequisites, ({ text }) =>
        tooLong(text, RECORD_TEXT_MAX.line),
      ),
    },
  };
  for (const [name, max] of Object.entries(MAX_LENGTHS)) {
    const field = name as keyof typeof MAX_LENGTHS;
    problems[field] = tooLong(draft[field], max);
  }
  if (!draft.title.trim()) problems.title = { kind: 'title-missing' };
  if (!draft.services.length) problems.services = { kind: 'services-missing' };
  if (draft.services.length > MAX_SERVICES) {
    problems.services = { kind: 'services-too-many' };
  }
  const start = toInstant(draft.plannedStart);
  const end = toInstant(draft.plannedEnd);
  if (!start) problems.plannedStart = { kind: 'start-missing' };
  if (!end) problems.plannedEnd = { kind: 'end-missing' };
  if (start && end && end <= start) {
    problems.plannedEnd = { kind: 'end-before-start' };
  }
  return problems;
}

export function hasProblems({ rows, ...fields }: PlanProblems): boolean {
  return (
    Object.values(fields).some(Boolean) ||
    Object.values(rows).some(byId => Object.keys(byId).length > 0)
  );
}

/** What is said at once: more will not do, while less is still being typed. */
export function excesses({ rows, ...fields }: PlanProblems): PlanProblems {
  const kept = <T extends object>(problems: T): T =>
    Object.fromEntries(
      Object.entries(problems).filter(
        ([, problem]) => (problem as PlanProblem)?.kind === 'too-long',
      ),
    ) as T;
  return {
    ...kept(fields),
    rows: {
      roles: kept(rows.roles),
      stopConditions: kept(rows.stopConditions),
      prerequisites: kept(rows.prerequisites),
    },
  };
}

function problemsOf<T extends { rowId: number }>(
  list: readonly T[],
  problemOf: (row: T) => PlanProblem | undefined,
): Record<number, PlanProblem> {
  return Object.fromEntries(
    list.flatMap(row => {
      const problem = problemOf(row);
      return problem ? [[row.rowId, problem]] : [];
    }),
  );
}

function tooLong(text: string, max: number): PlanProblem | undefined {
  return text.trim().length > max ? { kind: 'too-long', max } : undefined;
}
