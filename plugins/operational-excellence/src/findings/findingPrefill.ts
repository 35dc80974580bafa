import {
  IMPROVEMENT_TEXT_MAX,
  type Finding,
} from 'backstage-plugin-operational-excellence-common';
import type { ImprovementPrefill } from '../improvements';

/** Longer, and a title is none any more. */
const TITLE_LENGTH = 120;

/**
 * What is known beforehand of an improvement that is filed for a finding.
 *
 * @param originUrl - where what brought it to light is shown
 */
export function findingPrefill(
  finding: Finding,
  options: {
    originUrl: string | null;
    words: { lesson: (lesson: string) => string };
  },
): ImprovementPrefill {
  const { originUrl, words } = options;
  const { id, lesson, origin, text } = finding;
  return {
    id: `finding:${id}`,
    findingId: id,
    title: titleOf(text),
    description: [text, lesson && words.lesson(lesson)]
      .filter(Boolean)
      .join('\n\n')
      .slice(0, IMPROVEMENT_TEXT_MAX.description),
    origin: { kind: origin.kind, url: originUrl },
  };
}

/** The first line of a text, without the marks of markdown. */
export function titleOf(text: string): string {
  const [line = ''] = text
    .split('\n')
    .map(each =>
      each
        .replace(/^[\s#>*+-]+/, '')
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[*_`~]+/g, '')
        .trim(),
    )
    .filter(Boolean);
  const characters = [...line];
  return characters.length > TITLE_LENGTH
    ? `${characters
        .slice(0, TITLE_LENGTH - 1)
        .join('')
        .trimEnd()}…`
    : line;
}
