/**
 * The share of improvements among closed tickets, 0 to 1; `null` where nothing
 * was closed.
 *
 * @public
 */
export function improvementShare(
  closedImprovements: number,
  allClosed: number,
): number | null {
  return allClosed === 0 ? null : closedImprovements / allClosed;
}
