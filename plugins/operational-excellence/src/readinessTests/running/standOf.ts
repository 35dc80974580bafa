import {
  missingForFinish,
  readinessVerdictOf,
  type MissingForFinish,
  type ReadinessAnswer,
  type ReadinessItem,
  type ReadinessVerdict,
} from 'backstage-plugin-operational-excellence-common';
import type { AnswerBook } from '../answers';

/** How a test that is being run stands, by what is stored. */
export interface RunStand {
  answered: number;
  failing: number;
  verdict: ReadinessVerdict;
  missing: { itemId: string; reason: MissingForFinish }[];
  /** Items with something that is not stored. */
  unsaved: number;
  /** Those of them that will not be stored by themselves. */
  troubled: number;
}

export function standOf(
  book: AnswerBook,
  items: readonly ReadinessItem[],
): RunStand {
  const answers = new Map<string, ReadinessAnswer>();
  for (const { id } of items) {
    const { answer } = book.itemAnswer(id);
    if (answer) answers.set(id, answer);
  }
  const unsaved = book.unsaved();
  return {
    answered: answers.size,
    failing: [...answers.values()].filter(({ value }) => value === 'no').length,
    verdict: readinessVerdictOf(items, answers),
    missing: missingForFinish(items, answers),
    unsaved: unsaved.length,
    troubled: unsaved.filter(
      itemId => book.itemAnswer(itemId).state.status !== 'saving',
    ).length,
  };
}
