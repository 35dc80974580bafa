import { IMPROVEMENT_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { endOfDay } from './days';
import type { WaiverDraft } from './WaiverDraft';

/** What is wrong with a field. */
export type WaiverProblem =
  | { kind: 'measure' | 'reason' | 'until' | 'past' | 'bad-day' }
  | { kind: 'too-long'; max: number };

/** What has to be corrected before a draft can be sent, by field. */
export type WaiverProblems = Partial<Record<keyof WaiverDraft, WaiverProblem>>;

export function waiverProblems(
  draft: WaiverDraft,
  options: { now: number },
): WaiverProblems {
  const problems: WaiverProblems = {};
  const reason = reasonProblem(draft.reason.trim());
  const until = untilProblem(draft.until, options.now);
  if (!draft.measure) problems.measure = { kind: 'measure' };
  if (reason) problems.reason = reason;
  if (until) problems.until = until;
  return problems;
}

function reasonProblem(reason: string): WaiverProblem | undefined {
  const max = IMPROVEMENT_TEXT_MAX.note;
  if (!reason) return { kind: 'reason' };
  return reason.length > max ? { kind: 'too-long', max } : undefined;
}

function untilProblem(day: string, now: number): WaiverProblem | undefined {
  if (!day) return { kind: 'until' };
  const end = endOfDay(day);
  if (end === undefined) return { kind: 'bad-day' };
  return end <= now ? { kind: 'past' } : undefined;
}
