import {
  addDuration,
  Instant,
  missingForFinish,
  ReadinessTemplate,
  readinessVerdictOf,
} from 'backstage-plugin-operational-excellence-common';
import { itemsOf } from '../templates';
import { notFinishable } from './conflicts';
import { ReadinessRun, StandingAnswer } from './runRows';

/**
 * What becomes of an open test that is finished: its verdict follows from the
 * answers, and its end from the template.
 *
 * @throws InputError where items are not answered, or lack evidence
 */
export function finishedRun(
  run: ReadinessRun,
  content: ReadinessTemplate,
  answers: readonly StandingAnswer[],
  options: {
    by: string;
    summary: string | null;
    performedAt: Instant;
    updatedAt: Instant;
  },
): ReadinessRun {
  const { by, performedAt, summary, updatedAt } = options;
  const items = itemsOf(content);
  const byItem = new Map(answers.map(answer => [answer.itemId, answer]));
  const missing = missingForFinish(items, byItem);
  if (missing.length) throw notFinishable(missing);
  return {
    ...run,
    state: content.signOff ? 'awaiting-sign-off' : 'finished',
    version: run.version + 1,
    performedAt,
    performedBy: by,
    verdict: readinessVerdictOf(items, byItem),
    validUntil:
      content.validFor === null
        ? null
        : addDuration(performedAt, content.validFor),
    summary,
    signOff: null,
    updatedBy: by,
    updatedAt,
  };
}
