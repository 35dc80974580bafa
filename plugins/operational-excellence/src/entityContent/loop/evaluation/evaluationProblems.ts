import { IMPROVEMENT_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { externalHref } from '../../externalHref';
import { EvaluationDraft, EvidenceDraft, isBegun } from './EvaluationDraft';

const MAX_EVIDENCE_TITLE = 200;

/** As many links as an evaluation takes. */
export const MAX_EVIDENCE = 20;

/** What is wrong with a field. */
export type EvaluationProblem =
  | { kind: 'verdict' | 'priority' | 'reason' | 'evidence-title' | 'address' }
  | { kind: 'too-long'; max: number };

/** What has to be corrected before a draft can be sent, by field. */
export interface EvaluationProblems {
  verdict?: EvaluationProblem;
  measured?: EvaluationProblem;
  note?: EvaluationProblem;
  stillPriority?: EvaluationProblem;
  reason?: EvaluationProblem;
  /** By the id of the link. */
  evidence: Record<
    number,
    { title?: EvaluationProblem; url?: EvaluationProblem }
  >;
}

export function evaluationProblems(draft: EvaluationDraft): EvaluationProblems {
  const { evidence, measured, note, reason, stillPriority, verdict } = draft;
  const { goal, note: noteMax } = IMPROVEMENT_TEXT_MAX;
  const problems: EvaluationProblems = {
    measured: tooLong(measured, goal),
    note: tooLong(note, noteMax),
    evidence: Object.fromEntries(
      evidence
        .filter(isBegun)
        .map(each => [each.id, evidenceProblems(each)])
        .filter(([, each]) => Object.values(each).some(Boolean)),
    ),
  };
  if (!verdict) problems.verdict = { kind: 'verdict' };
  if (verdict === 'not-met') {
    if (!stillPriority) problems.stillPriority = { kind: 'priority' };
    if (stillPriority === 'no') {
      problems.reason = reason.trim()
        ? tooLong(reason, noteMax)
        : { kind: 'reason' };
    }
  }
  return problems;
}

export function hasProblems(problems: EvaluationProblems): boolean {
  const { evidence, ...fields } = problems;
  return (
    Object.keys(evidence).length > 0 || Object.values(fields).some(Boolean)
  );
}

function evidenceProblems({ title, url }: EvidenceDraft) {
  const address: EvaluationProblem | undefined = externalHref(url.trim())
    ? undefined
    : { kind: 'address' };
  return {
    title: title.trim()
      ? tooLong(title, MAX_EVIDENCE_TITLE)
      : ({ kind: 'evidence-title' } as const),
    url: tooLong(url, IMPROVEMENT_TEXT_MAX.url) ?? address,
  };
}

function tooLong(text: string, max: number): EvaluationProblem | undefined {
  return text.trim().length > max ? { kind: 'too-long', max } : undefined;
}
