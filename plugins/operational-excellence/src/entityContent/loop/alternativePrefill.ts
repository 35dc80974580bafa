import {
  IMPROVEMENT_TEXT_MAX,
  type Improvement,
} from 'backstage-plugin-operational-excellence-common';
import type { ImprovementPrefill } from '../../improvements';

/**
 * What is known beforehand of an alternative to an improvement whose goal was not
 * met: the same goal, and what the first one was.
 */
export function alternativePrefill(
  improvement: Improvement,
  words: {
    title: (title: string) => string;
    description: (about: {
      title: string;
      ticket: string;
      measured: string | null;
    }) => string;
  },
): ImprovementPrefill {
  const { evaluation, goal, id, ticket, title } = improvement;
  return {
    id: `alternative:${id}`,
    title: words.title(title).slice(0, IMPROVEMENT_TEXT_MAX.title),
    description: words.description({
      title,
      ticket: [ticket?.key, ticket?.url].filter(Boolean).join(' '),
      measured: evaluation?.measured ?? null,
    }),
    goal,
    alternativeTo: id,
  };
}
