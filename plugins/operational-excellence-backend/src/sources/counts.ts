/** Counts as the database answers them, by what they count. */
export function counts<K>(
  rows: { of: K; count: number | string }[],
): Map<K, number> {
  return new Map(rows.map(row => [row.of, Number(row.count)]));
}
