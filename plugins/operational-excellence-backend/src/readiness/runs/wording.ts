import { cleanLine, cleanText } from '../../improvements/text';
import { GivenAnswer } from './runRows';

/** Text of many lines as it is kept; nothing where nothing is left of it. */
export function cleanNote(note: string | null): string | null {
  return (note !== null && cleanText(note).trim()) || null;
}

/** An answer without what nobody sees. */
export function cleanAnswer(answer: GivenAnswer): GivenAnswer {
  return {
    value: answer.value,
    note: cleanNote(answer.note),
    evidence: answer.evidence.map(({ title, url }) => ({
      title: cleanLine(title) || url,
      url: new URL(url).href,
    })),
  };
}
