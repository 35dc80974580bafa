import { FindingStage } from '../api/findings';
import { ImprovementStage } from '../api/improvements';
import { Instant } from '../instants';

/**
 * What a later exercise or experiment showed of a finding.
 *
 * @public
 */
export interface FindingRetest {
  /** When that exercise or experiment was held. */
  testedAt: Instant;
  result: 'fixed' | 'not-fixed';
}

/**
 * What the stage of a finding follows from.
 *
 * @public
 */
export interface FindingFacts<Retest extends FindingRetest = FindingRetest> {
  /** {@link findingCameUpAt} */
  cameUpAt: Instant;
  /** Until when it is to be tested again. */
  retestBy: Instant | null;
  /** What was filed for it. */
  improvement: { stage: ImprovementStage; doneAt: Instant | null } | null;
  /** Of those held at the same instant, the one recorded last comes last. */
  retests: readonly Retest[];
}

/**
 * When a finding came up: at the end of the exercise that brought it to light,
 * for it may be written down later, else when it was written down.
 *
 * @public
 */
export function findingCameUpAt(finding: {
  createdAt: Instant;
  /** When its exercise ended, if it did. */
  endedAt: Instant | null;
}): Instant {
  const { createdAt, endedAt } = finding;
  return endedAt !== null && endedAt < createdAt ? endedAt : createdAt;
}

/**
 * The re-test that a finding is judged by: the newest one that was held after
 * the finding came up and not before its improvement was done. `undefined` as
 * long as the improvement is not done.
 *
 * @public
 */
export function decisiveRetest<Retest extends FindingRetest>(
  facts: FindingFacts<Retest>,
): Retest | undefined {
  const { cameUpAt, improvement, retests } = facts;
  if (!improvement || !isImprovementDone(improvement.stage)) return undefined;
  const doneAt = improvement.doneAt ?? cameUpAt;
  let newest: Retest | undefined;
  for (const retest of retests) {
    const { testedAt } = retest;
    if (testedAt <= cameUpAt || testedAt < doneAt) continue;
    if (!newest || testedAt >= newest.testedAt) newest = retest;
  }
  return newest;
}

/**
 * Where a finding stands at an instant.
 *
 * @public
 */
export function findingStage(facts: FindingFacts, now: Instant): FindingStage {
  const { improvement, retestBy } = facts;
  if (!improvement) return 'open';
  if (!isImprovementDone(improvement.stage)) return 'improving';
  if (decisiveRetest(facts)?.result === 'fixed') return 'closed';
  return retestBy !== null && retestBy < now ? 'retest-overdue' : 'retest-due';
}

/**
 * Whether the ticket of an improvement at a stage is done.
 *
 * @public
 */
export function isImprovementDone(stage: ImprovementStage): boolean {
  return !['filing', 'open', 'gone'].includes(stage);
}
