import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Reads an optional list of names, such as labels; none if left out.
 *
 * @param key - the full key of the entry, for messages
 * @throws InputError where one is empty
 * @public
 */
export function readNames(entry: Config, key: string, name: string): string[] {
  const names = (entry.getOptionalStringArray(name) ?? []).map(text =>
    text.trim(),
  );
  if (names.includes('')) {
    throw new InputError(`${key}.${name} has an empty entry; expected names`);
  }
  return names;
}
