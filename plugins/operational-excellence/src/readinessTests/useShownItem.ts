import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { itemElementId } from './items';

/** Scrolls to an item and lets the keyboard go on there. */
export function showItem(itemId: string): void {
  const element = document.getElementById(itemElementId(itemId));
  element?.scrollIntoView({ block: 'start' });
  element?.focus({ preventScroll: true });
}

/** Shows the item that the address names, once the page is there. */
export function useShownItem(itemIds: readonly string[]): void {
  const { hash } = useLocation();
  const named = itemIds.find(
    itemId => hash === `#${encodeURIComponent(itemElementId(itemId))}`,
  );
  useEffect(() => {
    if (named !== undefined) showItem(named);
  }, [named]);
}
