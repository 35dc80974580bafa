import type { ReadinessAnswerValue, ReadinessItem } from '../api/readiness';
import type { Evidence } from '../api/text';
import type { ReadinessVerdict } from './readiness';

/**
 * What the rules need to know of an answer.
 *
 * @public
 */
export interface ReadinessAnswerFacts {
  value: ReadinessAnswerValue;
  evidence: readonly Evidence[];
}

/**
 * Answers by the id of the item that they answer.
 *
 * @public
 */
export type ReadinessAnswersById<T = ReadinessAnswerFacts> = ReadonlyMap<
  string,
  T
>;

/**
 * The verdict over the items that apply: a blocking item that is answered with
 * `no` fails the test, any other `no` is a condition. What does not apply, or is
 * not answered, takes no part; see `missingForFinish` for the latter.
 *
 * @public
 */
export function readinessVerdictOf(
  items: Iterable<Pick<ReadinessItem, 'id' | 'blocking'>>,
  answers: ReadinessAnswersById<Pick<ReadinessAnswerFacts, 'value'>>,
): ReadinessVerdict {
  let verdict: ReadinessVerdict = 'pass';
  for (const { blocking, id } of items) {
    if (answers.get(id)?.value !== 'no') continue;
    if (blocking) return 'fail';
    verdict = 'conditional';
  }
  return verdict;
}

/**
 * Why an item stands against finishing a test: it is not answered, or is said to
 * be fulfilled without the evidence that it asks for.
 *
 * @public
 */
export type MissingForFinish = 'unanswered' | 'evidence';

/**
 * What stands against finishing a test, in the order of its items.
 *
 * @public
 */
export function missingForFinish(
  items: Iterable<Pick<ReadinessItem, 'id' | 'evidence'>>,
  answers: ReadinessAnswersById,
): { itemId: string; reason: MissingForFinish }[] {
  const missing: { itemId: string; reason: MissingForFinish }[] = [];
  for (const { evidence, id } of items) {
    const answer = answers.get(id);
    if (!answer) {
      missing.push({ itemId: id, reason: 'unanswered' });
    } else if (
      evidence === 'required' &&
      answer.value === 'yes' &&
      answer.evidence.length === 0
    ) {
      missing.push({ itemId: id, reason: 'evidence' });
    }
  }
  return missing;
}
