import { z } from 'zod';
import { Secrets } from './Secrets';
import { cleaned, htmlWords, looksLikeHtml } from './upstreamWords';

/** What an answer holds, or what is wrong with it. */
export type JsonAnswer<T> = { value: T } | { problem: string };

const SHOWN_ISSUES = 3;

/** Reads an answer that must be JSON of a shape. */
export function readJson<T>(
  text: string,
  schema: z.ZodType<T>,
  secrets: Secrets,
): JsonAnswer<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: notJson(text, secrets) };
  }
  const result = schema.safeParse(json);
  if (result.success) return { value: result.data };
  const issues = result.error.issues
    .slice(0, SHOWN_ISSUES)
    .map(({ path, message }) => `${pathText(path)}: ${message}`);
  const more = result.error.issues.length - issues.length;
  return {
    problem: cleaned(
      `the answer has an unexpected shape: ${issues.join('; ')}${
        more > 0 ? ` (and ${more} more)` : ''
      }`,
      secrets,
    ),
  };
}

/** Says what came instead of JSON. */
function notJson(text: string, secrets: Secrets): string {
  if (text.trim() === '') return 'expected JSON, got an empty answer';
  if (looksLikeHtml(text)) {
    return `expected JSON, got an HTML page: ${cleaned(
      htmlWords(text),
      secrets,
    )}`;
  }
  if (/^\s*[[{"]/.test(text)) {
    return `the JSON is damaged or ends early: ${cleaned(text, secrets)}`;
  }
  return `expected JSON, got: ${cleaned(text, secrets)}`;
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  return text || 'the answer';
}
