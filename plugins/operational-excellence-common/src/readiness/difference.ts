import type { ReadinessDifference } from '../api/readiness';
import type { ReadinessAnswerFacts, ReadinessAnswersById } from './verdict';

/**
 * How an item fared from one test to another.
 *
 * @public
 */
export type ReadinessChange = ReadinessDifference['items'][number]['change'];

/**
 * One of two tests that are compared.
 *
 * @public
 */
export interface ComparedReadinessTest<T> {
  items: Iterable<{ id: string; question: string }>;
  answers: ReadinessAnswersById<T>;
}

/**
 * What of an answer is compared.
 *
 * @public
 */
export type ComparedReadinessAnswer = ReadinessAnswerFacts & {
  note: string | null;
};

/**
 * What changed between two tests of a template, in the order of the items of the
 * later one; those that only the earlier one has follow.
 *
 * @public
 */
export function readinessDifferenceOf<T extends ComparedReadinessAnswer>(
  from: ComparedReadinessTest<T>,
  to: ComparedReadinessTest<T>,
): {
  itemId: string;
  question: string;
  change: ReadinessChange;
  from: T | null;
  to: T | null;
}[] {
  const before = new Map([...from.items].map(item => [item.id, item]));
  const after = new Map([...to.items].map(item => [item.id, item]));
  return [...new Map([...after, ...before]).keys()].map(itemId => {
    const [was, is] = [from, to].map(side => side.answers.get(itemId) ?? null);
    return {
      itemId,
      question: (after.get(itemId) ?? before.get(itemId)!).question,
      change: changeOf(itemId, { before, after, was, is }),
      from: was,
      to: is,
    };
  });
}

function changeOf<T extends ComparedReadinessAnswer>(
  itemId: string,
  options: {
    before: ReadonlyMap<string, unknown>;
    after: ReadonlyMap<string, unknown>;
    was: T | null;
    is: T | null;
  },
): ReadinessChange {
  const { after, before, is, was } = options;
  if (!before.has(itemId)) return 'added';
  if (!after.has(itemId)) return 'removed';
  if (was?.value === 'no' && is?.value === 'yes') return 'better';
  if (was?.value === 'yes' && is?.value === 'no') return 'worse';
  return isSameReadinessAnswer(was, is) ? 'same' : 'changed';
}

/**
 * Whether two answers say the same, whoever gave them and when.
 *
 * @public
 */
export function isSameReadinessAnswer(
  a: ComparedReadinessAnswer | null,
  b: ComparedReadinessAnswer | null,
): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.value === b.value &&
    a.note === b.note &&
    a.evidence.length === b.evidence.length &&
    a.evidence.every(
      ({ title, url }, index) =>
        title === b.evidence[index].title && url === b.evidence[index].url,
    )
  );
}
