import { IMPROVEMENT_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { externalHref } from '../../entityContent/externalHref';
import type { ImprovementDraft, ImprovementWording } from './ImprovementDraft';

/** What is wrong with a field of a draft. */
export type DraftProblem =
  | { kind: 'title-missing' | 'measure-missing' | 'to-missing' }
  | { kind: 'origin-missing' | 'bad-address' | 'bad-day' }
  | { kind: 'too-long'; max: number };

/** What has to be corrected before a draft can be sent, by field. */
export type DraftProblems = Partial<
  Record<keyof ImprovementWording, DraftProblem>
>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function draftProblems(draft: ImprovementDraft): DraftProblems {
  const { goal, title, description } = IMPROVEMENT_TEXT_MAX;
  const problems: DraftProblems = {
    title:
      tooLong(draft.title.trim(), title) ??
      missing(draft.title, 'title-missing'),
    description: tooLong(draft.description, description),
    goalMeasure: tooLong(draft.goalMeasure.trim(), goal),
    goalFrom: tooLong(draft.goalFrom.trim(), goal),
    goalTo: tooLong(draft.goalTo.trim(), goal),
    ...originProblems(draft),
  };
  if (hasGoal(draft)) {
    problems.goalMeasure ??= missing(draft.goalMeasure, 'measure-missing');
    problems.goalTo ??= missing(draft.goalTo, 'to-missing');
  }
  if (
    draft.goalBy &&
    !(DAY.test(draft.goalBy) && Number.isFinite(Date.parse(draft.goalBy)))
  ) {
    problems.goalBy = { kind: 'bad-day' };
  }
  return problems;
}

export function hasGoal(draft: ImprovementWording): boolean {
  const { goalBy, goalFrom, goalMeasure, goalTo } = draft;
  return [goalBy, goalFrom, goalMeasure, goalTo].some(part => part.trim());
}

function originProblems(draft: ImprovementDraft): DraftProblems {
  const url = draft.originUrl.trim();
  if (!url) return {};
  const unusable =
    tooLong(url, IMPROVEMENT_TEXT_MAX.url) ??
    (externalHref(url) ? undefined : ({ kind: 'bad-address' } as const));
  return unusable
    ? { originUrl: unusable }
    : { originKind: missing(draft.originKind, 'origin-missing') };
}

function missing(
  text: string,
  kind: 'title-missing' | 'measure-missing' | 'to-missing' | 'origin-missing',
): DraftProblem | undefined {
  return text.trim() ? undefined : { kind };
}

function tooLong(text: string, max: number): DraftProblem | undefined {
  return text.length > max ? { kind: 'too-long', max } : undefined;
}
