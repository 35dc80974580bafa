import { distance } from 'fastest-levenshtein';

/** In names so short, two letters make another name. */
const SHORT = 4;

/**
 * The name that was probably meant: the one with the fewest letters to change,
 * if they are few for its length; the first in order of several.
 */
export function nearestName(
  name: string,
  known: Iterable<string>,
): string | undefined {
  const given = name.toLowerCase();
  const most =
    given.length <= SHORT ? 1 : Math.max(2, Math.floor(given.length / 5));
  let nearest: { name: string; changes: number } | undefined;
  for (const each of known) {
    if (each === name) continue;
    // No distance is smaller than the difference in length.
    if (Math.abs(each.length - name.length) > most) continue;
    const changes = distance(given, each.toLowerCase());
    if (changes > most) continue;
    if (
      !nearest ||
      changes < nearest.changes ||
      (changes === nearest.changes && each < nearest.name)
    ) {
      nearest = { name: each, changes };
    }
  }
  return nearest?.name;
}
