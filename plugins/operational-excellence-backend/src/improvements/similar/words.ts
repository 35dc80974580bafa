/** Of scripts that do not write spaces, or write a word with few characters. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Shorter ones are in every title. */
const MIN_LENGTH = 3;

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** The words of a title that say something, lower case, each once. */
export function wordsOf(title: string): string[] {
  const words = new Set<string>();
  for (const { isWordLike, segment } of segmenter.segment(title)) {
    const word = segment.toLocaleLowerCase('en-US').normalize('NFC');
    if (isWordLike && (word.length >= MIN_LENGTH || DENSE.test(word))) {
      words.add(word);
    }
  }
  return [...words];
}
