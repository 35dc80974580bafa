import { wordsOf } from './words';

/** A word that begins like the other one, such as one that is being typed. */
const BEGINS_ALIKE = 0.75;

/**
 * How much a title is like what is typed, 0 to 1: how much of what is typed it
 * has, by the length of the words, and a little by how much else it has.
 */
export function likeness(typed: string, title: string): number {
  const wanted = wordsOf(typed);
  const words = wordsOf(title);
  const total = lengthOf(wanted);
  if (total === 0 || words.length === 0) return 0;
  const found = wanted.reduce(
    (sum, word) =>
      sum + word.length * Math.max(...words.map(each => alike(word, each))),
    0,
  );
  const covered = found / total;
  const coverage = Math.min(found / lengthOf(words), 1);
  return 0.8 * covered + 0.2 * coverage;
}

function alike(typed: string, word: string): number {
  if (typed === word) return 1;
  const [short, long] =
    typed.length < word.length ? [typed, word] : [word, typed];
  return short.length >= 3 && long.startsWith(short) ? BEGINS_ALIKE : 0;
}

function lengthOf(words: readonly string[]): number {
  return words.reduce((sum, { length }) => sum + length, 0);
}
