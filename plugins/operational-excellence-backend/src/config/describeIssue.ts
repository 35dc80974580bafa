import { z } from 'zod';

const MAX_SHOWN = 100;

/**
 * A mistake in the configuration as a person can find and mend it: the full key
 * path, what was expected there, and what is there.
 */
export function describeIssue(
  issue: z.core.$ZodIssue,
  options: { root: string; value: unknown },
): string[] {
  const { root, value } = options;
  const path = keyPath(root, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      key => `${keyPath(path, [key])}: there is no such key`,
    );
  }
  const given = issue.path.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === 'object'
        ? Reflect.get(inner, key)
        : undefined,
    value,
  );
  const expectation = issue.message
    .replace(/^(Invalid input|Too small|Invalid option): /, '')
    .replace(/, received \w+$/, '');
  return [`${path}: ${expectation}; got ${shown(given)}`];
}

function keyPath(root: string, path: readonly PropertyKey[]) {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`,
    root,
  );
}

function shown(value: unknown) {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
