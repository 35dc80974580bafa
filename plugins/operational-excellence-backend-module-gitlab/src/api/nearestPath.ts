import { distance } from 'fastest-levenshtein';

/** The path that differs least from a wanted one. */
export function nearestPath(
  wanted: string,
  paths: readonly string[],
): string | undefined {
  const differences = paths.map(path => ({
    path,
    by: distance(wanted.toLowerCase(), path.toLowerCase()),
  }));
  return differences.sort(
    (a, b) => a.by - b.by || a.path.localeCompare(b.path),
  )[0]?.path;
}
