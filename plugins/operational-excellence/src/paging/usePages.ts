import { toError } from '@backstage/errors';
import type { Page } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef, useState } from 'react';
import { Loadable, useLoadable } from '../loading';

/** How a list goes on after the pages that are shown. */
export type Continuation =
  | { status: 'end' }
  | { status: 'available'; load: () => void }
  | { status: 'loading' }
  | { status: 'failed'; error: Error; load: () => void };

/** As many pages of a list as were asked for, as one. */
export type Pages<T> = Page<T> & { key: string; count: number };

type Further<T> = {
  /** What it continues; once that was read again, it is out of date. */
  of: Pages<T>;
  pending: boolean;
  pages?: Pages<T>;
  error?: Error;
};

/**
 * Reads a list page by page. Reading it again reads as many pages as are shown.
 *
 * @param key - names the list; everything that `readPage` depends on
 */
export function usePages<T>(
  key: string,
  readPage: (
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<Page<T>>,
): { list: Loadable<Pages<T>>; more: Continuation } {
  const shownCount = useRef({ key, count: 1 });
  if (shownCount.current.key !== key) shownCount.current = { key, count: 1 };
  const [further, setFurther] = useState<Further<T>>();
  const reading = useRef<AbortController>();
  useEffect(() => () => reading.current?.abort(), []);

  const list = useLoadable(key, async signal => {
    let pages = toPages(key, await readPage(undefined, signal));
    while (pages.nextCursor && pages.count < shownCount.current.count) {
      pages = append(pages, await readPage(pages.nextCursor, signal));
    }
    return pages;
  });
  if (list.status !== 'ready') return { list, more: { status: 'end' } };

  const current = further?.of === list.value ? further : undefined;
  const shown = current?.pages ?? list.value;

  const load = async (cursor: string) => {
    reading.current?.abort();
    const controller = new AbortController();
    reading.current = controller;
    const settle = (outcome: Omit<Further<T>, 'of' | 'pending'>) => {
      if (controller.signal.aborted) return;
      setFurther({ of: list.value, pending: false, ...outcome });
    };
    setFurther({ of: list.value, pending: true, pages: current?.pages });
    try {
      const pages = append(shown, await readPage(cursor, controller.signal));
      if (!controller.signal.aborted && shownCount.current.key === key) {
        shownCount.current.count = pages.count;
      }
      settle({ pages });
    } catch (error) {
      settle({ pages: current?.pages, error: toError(error) });
    }
  };

  return {
    list: { ...list, value: shown },
    more: continuation(shown, current, load),
  };
}

function continuation<T>(
  shown: Pages<T>,
  further: Further<T> | undefined,
  load: (cursor: string) => void,
): Continuation {
  const { nextCursor } = shown;
  if (!nextCursor) return { status: 'end' };
  if (further?.pending) return { status: 'loading' };
  if (further?.error) {
    const { error } = further;
    return { status: 'failed', error, load: () => load(nextCursor) };
  }
  return { status: 'available', load: () => load(nextCursor) };
}

function toPages<T>(key: string, page: Page<T>): Pages<T> {
  return { ...page, key, count: 1 };
}

function append<T>(pages: Pages<T>, next: Page<T>): Pages<T> {
  return {
    ...next,
    key: pages.key,
    count: pages.count + 1,
    items: [...pages.items, ...next.items],
  };
}
