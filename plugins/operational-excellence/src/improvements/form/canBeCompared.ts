import { IMPROVEMENT_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';

const MIN_LENGTH = 8;
const MIN_WORDS = 3;

/** Whether a title says enough to look for tickets like it. */
export function canBeCompared(title: string): boolean {
  if (title.length > IMPROVEMENT_TEXT_MAX.title) return false;
  return title.length >= MIN_LENGTH || title.split(/\s+/).length >= MIN_WORDS;
}
