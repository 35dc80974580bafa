/** How many things are of an age, lower bound included. */
export interface AgeRange {
  fromDays: number;
  /** `null`: no upper end. */
  toDays: number | null;
  count: number;
  title: string;
}

/** An age to compare with. */
export interface AgeMark {
  kind: 'median' | 'p85' | 'limit';
  days: number;
  title: string;
}

/**
 * Where an age lies on an axis on which every range is one wide. Within the last
 * range, which has no end, ages approach its right edge.
 */
export function positionOfAge(days: number, ranges: AgeRange[]): number {
  const found = ranges.findIndex(
    ({ toDays }) => toDays === null || days < toDays,
  );
  if (found === -1) return ranges.length;
  const { fromDays, toDays } = ranges[found];
  if (days <= fromDays) return found;
  return toDays === null
    ? found + 1 - fromDays / days
    : found + (days - fromDays) / (toDays - fromDays);
}
