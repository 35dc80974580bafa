/**
 * The words of a text as both databases find them: letters and digits only,
 * without accents and case. Neither database sees anything in them to interpret,
 * in what it keeps as in what it is asked for.
 */
export function searchWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toLocaleLowerCase('en-US');
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}
