import { RECORD_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { endOfRetest, FindingDraft, tagsOf } from './FindingDraft';

/** What is wrong with a field. */
export type FindingProblem =
  | { kind: 'service' | 'severity' | 'text' | 'tags' | 'past' }
  | { kind: 'too-long'; max: number };

export type FindingProblems = Partial<
  Record<
    'entityRef' | 'severity' | 'text' | 'lesson' | 'tags' | 'retestBy',
    FindingProblem
  >
>;

const TAG = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,49}$/u;
const MAX_TAGS = 20;

/**
 * What has to be corrected before a draft can be sent.
 *
 * @param options - `unchanged`: the day of the re-test that it has already, which
 * may be past
 */
export function findingProblems(
  draft: FindingDraft,
  options: { now: number; unchanged: string },
): FindingProblems {
  const { now, unchanged } = options;
  const problems: FindingProblems = {};
  if (!draft.entityRef) problems.entityRef = { kind: 'service' };
  if (!draft.severity) problems.severity = { kind: 'severity' };
  if (!draft.text.trim()) problems.text = { kind: 'text' };
  for (const field of ['text', 'lesson'] as const) {
    const max = RECORD_TEXT_MAX.text;
    if (draft[field].trim().length > max) {
      problems[field] = { kind: 'too-long', max };
    }
  }
  const tags = tagsOf(draft);
  if (tags.length > MAX_TAGS || tags.some(tag => !TAG.test(tag))) {
    problems.tags = { kind: 'tags' };
  }
  if (draft.retestBy && draft.retestBy !== unchanged) {
    const end = endOfRetest(draft.retestBy);
    if (end === null || Date.parse(end) <= now) {
      problems.retestBy = { kind: 'past' };
    }
  }
  return problems;
}
