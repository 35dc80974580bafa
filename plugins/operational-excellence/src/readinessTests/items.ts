import type {
  ReadinessItem,
  ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';

/** The items of a test in their order. */
export function itemsOf({
  content,
}: Pick<ReadinessTestDetail, 'content'>): ReadinessItem[] {
  return content?.sections.flatMap(({ items }) => items) ?? [];
}

/** The id of the element that shows an item. */
export function itemElementId(itemId: string): string {
  return `item-${itemId}`;
}
