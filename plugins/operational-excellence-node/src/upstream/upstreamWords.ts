import { STATUS_CODES } from 'node:http';
import { Secrets } from './Secrets';

/** The longest text of an upstream that goes into a message. */
const MAX_LENGTH = 300;

/** No words are looked for beyond that; keeps the work on hostile text small. */
const MAX_INSPECTED = 2000;

/** Control characters, line separators, and what turns or hides text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;

/**
 * Text of an upstream, made fit for messages and logs: one line, without control
 * characters and secrets, and short.
 */
export function cleaned(text: string, secrets: Secrets): string {
  const line = text
    .slice(0, 100 * MAX_INSPECTED)
    .replace(UNPRINTABLE, ' ')
    .trim();
  // Secrets first: half of one would not be recognised.
  const safe = secrets.redact(line.slice(0, MAX_INSPECTED));
  return safe.length > MAX_LENGTH ? `${safe.slice(0, MAX_LENGTH)}…` : safe;
}

/** What an upstream says of a failure, as far as it can be made out. */
export function failureWords(
  answer: { status: number; text: string },
  secrets: Secrets,
): string {
  return (
    cleaned(rawWords(answer.text), secrets) ||
    STATUS_CODES[answer.status] ||
    'no reason given'
  );
}

function rawWords(text: string): string {
  const trimmed = text.trim();
  if (looksLikeHtml(trimmed)) return htmlWords(trimmed);
  const json = parsed(trimmed);
  return json === undefined ? trimmed : jsonWords(json).join('; ') || trimmed;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so the text speaks for itself.
    return undefined;
  }
}

/** Whether a text is a page for people instead of an answer for us. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(<!--[^]*?-->\s*)?<(!doctype html|html|head|body)\b/i.test(
    text.slice(0, MAX_INSPECTED),
  );
}

/** The title of a page and its first heading, else its text. */
export function htmlWords(html: string): string {
  const [title, heading] = ['title', 'h1'].map(tag =>
    withoutTags(
      new RegExp(`<${tag}\\b[^<>]*>([^]{0,500}?)</${tag}>`, 'i').exec(
        html,
      )?.[1] ?? '',
    ),
  );
  if (title && heading && title !== heading) return `${title} – ${heading}`;
  return (
    title ||
    heading ||
    withoutTags(html.replace(/<(script|style)\b[^]*?<\/\1>/gi, ' '))
  );
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};

function withoutTags(html: string): string {
  return html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => ENTITIES[name])
    .replace(/\s+/g, ' ')
    .trim();
}

/** Where the services that we know keep their words on a failure. */
const WORD_KEYS = [
  'message',
  'Message',
  'error_description',
  'error',
  'errorMessages',
  'errors',
  'title',
  'detail',
  'code',
];

function isWordKey(key: string, value: unknown): boolean {
  // `title: ['is too long']` speaks of a field of that name.
  return (
    WORD_KEYS.includes(key) && !(key === 'title' && typeof value !== 'string')
  );
}

function jsonWords(json: unknown, depth = 0): string[] {
  if (depth > 3) return [];
  if (typeof json === 'string') return json.trim() ? [json.trim()] : [];
  if (Array.isArray(json)) {
    return json.slice(0, 5).flatMap(item => jsonWords(item, depth + 1));
  }
  if (typeof json !== 'object' || json === null) return [];

  const known = Object.entries(json)
    .filter(([key, value]) => isWordKey(key, value))
    .sort(([a], [b]) => WORD_KEYS.indexOf(a) - WORD_KEYS.indexOf(b))
    .flatMap(([, value]) => jsonWords(value, depth + 1));
  // What it is about, such as `{ field: 'title', code: 'missing_field' }`.
  const field: unknown = Reflect.get(json, 'field');
  if (known.length && typeof field === 'string') {
    return [`${field}: ${[...new Set(known)].join(', ')}`];
  }
  if (known.length) return [...new Set(known)];
  // An object of messages by field: `{ summary: 'Specify a summary' }`.
  return depth === 0
    ? []
    : Object.entries(json)
        .slice(0, 5)
        .flatMap(([key, value]) =>
          jsonWords(value, depth + 1).map(words => `${key}: ${words}`),
        );
}
