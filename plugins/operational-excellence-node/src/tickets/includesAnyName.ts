/**
 * Whether one of the wanted names, such as labels, is among the given ones,
 * without regard to case and surrounding blanks.
 *
 * @public
 */
export function includesAnyName(
  wanted: readonly string[],
  names: readonly string[],
): boolean {
  const known = new Set(names.map(name => name.trim().toLowerCase()));
  return wanted.some(name => known.has(name.trim().toLowerCase()));
}
