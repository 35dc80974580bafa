import { storableText } from '../database';

/**
 * The pattern of `like … escape '!'` for a lower case text that contains another
 * one.
 */
export function containsPattern(text: string): string {
  const literal = storableText(text)
    .toLocaleLowerCase('en-US')
    .replace(/[!%_]/g, '!$&');
  return `%${literal}%`;
}
