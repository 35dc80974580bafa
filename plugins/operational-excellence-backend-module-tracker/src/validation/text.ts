import { z } from 'zod';

/*
 * Text is shown to others: what would break a line, hide itself or turn the
 * order of what follows it around is refused rather than stored.
 */
const BIDI_OVERRIDES = '\\u202a-\\u202e\\u2066-\\u2069';
const REFUSED_IN_LINES = new RegExp(
  `[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}${BIDI_OVERRIDES}]`,
  'u',
);
const REFUSED_IN_TEXT = new RegExp(
  `(?![\\t\\n\\r])[\\p{Cc}\\p{Cs}${BIDI_OVERRIDES}]`,
  'u',
);

/** One line of text that is not blank; surrounding space is removed. */
export function lineSchema(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be blank')
    .max(maxLength, `must not be longer than ${maxLength} characters`)
    .refine(
      text => !REFUSED_IN_LINES.test(text),
      'must be one line without control characters',
    );
}

/** Text of many lines, which may be empty. */
export function textSchema(maxLength: number) {
  return z
    .string()
    .max(maxLength, `must not be longer than ${maxLength} characters`)
    .refine(
      text => !REFUSED_IN_TEXT.test(text),
      'must not hold control characters',
    );
}
