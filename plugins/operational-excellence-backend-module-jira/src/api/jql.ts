/** A JQL string; nothing in it can end it early. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[\r\n\t]+/g, ' ')}"`;
}

/** Issues of some projects. */
export function inProjects(keys: readonly string[]): string {
  return `project in (${keys.map(quoted).join(', ')})`;
}

/** What was updated at an instant or later; epoch milliseconds know no time zone. */
export function updatedSince(where: string, since: number | undefined): string {
  return since === undefined ? where : `${where} AND updated >= ${since}`;
}

export const BY_UPDATE = 'ORDER BY updated ASC, key ASC';
