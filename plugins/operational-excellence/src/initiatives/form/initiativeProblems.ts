import { RECORD_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import type { InitiativeDraft } from './InitiativeDraft';

/** What is wrong with a field. */
export type InitiativeProblem =
  | { kind: 'title' | 'dueOn' | 'since' | 'bad-day' | 'past' }
  | { kind: 'too-long'; max: number };

export type InitiativeProblems = Partial<
  Record<'title' | 'description' | 'since' | 'dueOn' | 'q', InitiativeProblem>
>;

/** The longest text that services are found by. */
const Q_MAX = 200;

/**
 * What has to be corrected before a draft can be sent.
 *
 * @param options - `today` in UTC; `unchanged` is the day that it is due already,
 * which may be past
 */
export function initiativeProblems(
  draft: InitiativeDraft,
  options: { today: string; unchanged: string },
): InitiativeProblems {
  const { today, unchanged } = options;
  const problems: InitiativeProblems = {};
  const limit = (field: 'title' | 'description' | 'q', max: number) => {
    if (draft[field].trim().length > max) {
      problems[field] = { kind: 'too-long', max };
    }
  };
  limit('title', RECORD_TEXT_MAX.title);
  limit('description', RECORD_TEXT_MAX.text);
  limit('q', Q_MAX);
  if (!draft.title.trim()) problems.title = { kind: 'title' };

  if (!draft.dueOn) problems.dueOn = { kind: 'dueOn' };
  else if (!isDay(draft.dueOn)) problems.dueOn = { kind: 'bad-day' };
  else if (draft.dueOn < today && draft.dueOn !== unchanged) {
    problems.dueOn = { kind: 'past' };
  }
  if (draft.goalKind === 'done-since') {
    if (!draft.since) problems.since = { kind: 'since' };
    else if (!isDay(draft.since)) problems.since = { kind: 'bad-day' };
  }
  return problems;
}

function isDay(text: string): boolean {
  return DateTime.fromFormat(text, 'yyyy-MM-dd').isValid;
}
