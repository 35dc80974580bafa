import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { DraftKeeper } from '../../drafts/DraftKeeper';
import { AnswerBook, ItemAnswer } from './AnswerBook';
import { Edits, keptEdits } from './keptEdits';

/** The answers of a test, and whether what is typed can be kept. */
export interface Answering {
  book: AnswerBook;
  /** How many items were typed into before the page was opened. */
  restored: number;
  /** Why what is typed would be lost by a reload, where it would be. */
  failure: Error | undefined;
}

/**
 * The answers of a readiness test. What is typed is kept until it is saved, also
 * across a reload; `undefined` until it was looked for what was kept.
 */
export function useAnswerBook(
  test: ReadinessTestDetail,
): Answering | undefined {
  const { id } = test;
  const api = useApi(operationalExcellenceApiRef);
  const storage = useApi(storageApiRef);
  const [failure, setFailure] = useState<Error>();
  const [kept, setKept] = useState<Edits>();
  const keeper = useMemo(
    () =>
      DraftKeeper.create<Edits>({
        ...keptEdits,
        storage,
        slot: `readiness-test:${id}`,
        onFailure: setFailure,
      }),
    [id, storage],
  );

  useEffect(() => {
    let isWanted = true;
    keeper.load().then(found => {
      if (isWanted) setKept(found ?? new Map());
    });
    return () => {
      isWanted = false;
    };
  }, [keeper]);

  const book = useMemo(() => {
    if (!kept) return undefined;
    let isKept = kept.size > 0;
    const created: AnswerBook = AnswerBook.create({
      edits: kept,
      save: (itemId, change) => api.answerReadinessItem(id, itemId, change),
      withdraw: (itemId, version) =>
        api.withdrawReadinessAnswer(id, itemId, version),
      refresh: () =>
        api.getReadinessTest(id).then(
          ({ answers, state }) => created.see(answers, state === 'open'),
          // What was refused says why; the answers are read again before long.
          () => undefined,
        ),
      keep: edits => {
        if (edits.size) keeper.keep(edits);
        else if (isKept) keeper.forget();
        isKept = edits.size > 0;
      },
    });
    return created;
  }, [api, id, keeper, kept]);

  useEffect(() => {
    if (!book) return undefined;
    const flush = () => {
      keeper.flush();
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      book.sendAll();
      flush();
    };
  }, [book, keeper]);

  const { answers, state } = test;
  useLayoutEffect(
    () => book?.see(answers, state === 'open'),
    [answers, book, state],
  );

  if (!book || !kept) return undefined;
  return { book, failure, restored: kept.size };
}

/** The answer of an item, as it is typed and saved. */
export function useItemAnswer(book: AnswerBook, itemId: string): ItemAnswer {
  useBookChanges(book, itemId);
  return book.itemAnswer(itemId);
}

/** Renders again whenever anything in a book changes, or one of its items. */
export function useBookChanges(book: AnswerBook, itemId?: string): void {
  const [, count] = useState(0);
  useLayoutEffect(
    () =>
      book.subscribe(changed => {
        if (!itemId || !changed || changed === itemId) {
          count(before => before + 1);
        }
      }),
    [book, itemId],
  );
}
