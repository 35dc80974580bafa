import { startTransition, useEffect, useState } from 'react';

/** As many rows as a large screen shows. */
const AT_ONCE = 15;

/**
 * What is shown of a page of rows: those on the screen at once, the others as soon
 * as these are painted. All of them together take long enough to be waited for.
 *
 * @param list - names what is listed; when it is read again, all rows stay
 */
export function useGradually<Item>(
  list: string,
  items: readonly Item[],
): {
  shown: readonly Item[];
  /** How many are still to come. */
  left: number;
} {
  const [whole, setWhole] = useState<string>();
  const isWhole = items.length <= AT_ONCE || whole === list;
  useEffect(() => {
    if (isWhole) return undefined;
    const frame = requestAnimationFrame(() =>
      startTransition(() => setWhole(list)),
    );
    return () => cancelAnimationFrame(frame);
  }, [isWhole, list]);
  return isWhole
    ? { shown: items, left: 0 }
    : { shown: items.slice(0, AT_ONCE), left: items.length - AT_ONCE };
}
