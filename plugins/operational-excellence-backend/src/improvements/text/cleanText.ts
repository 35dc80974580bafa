import { toUSVString } from 'node:util';

/** What turns the order of the text around that follows it. */
const BIDI_OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;

/** Control characters, beside those that end a line or move on in one. */
const CONTROLS = /(?![\n\t])\p{Cc}/gu;

/** What breaks a line, or controls how text is shown. */
const LINE_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Text of many lines as it is passed on: without control characters, lone
 * surrogates, and what hides the order of text.
 */
export function cleanText(text: string): string {
  return toUSVString(text)
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(BIDI_OVERRIDES, '');
}

/** The same for text of one line. */
export function cleanLine(text: string): string {
  return toUSVString(text)
    .replace(LINE_BREAKS, ' ')
    .replace(BIDI_OVERRIDES, '')
    .trim();
}
