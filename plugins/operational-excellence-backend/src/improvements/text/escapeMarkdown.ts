import { cleanLine } from './cleanText';

/** Text of one line as Markdown that shows it as it is. */
export function escapeMarkdown(text: string): string {
  return cleanLine(text)
    .replace(/[\\`*_[\]<>|~&#!]/g, '\\$&')
    .replace(/\s+/g, ' ');
}

/** Text of one line as code, in which trackers neither notify nor refer. */
export function codeSpan(text: string): string {
  return `\`${cleanLine(text)
    .replace(/[`\s]+/g, ' ')
    .trim()}\``;
}
