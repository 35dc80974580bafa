import type { DraftKind } from '../drafts';

/** One text that is kept while it is typed. */
export interface TextDraft {
  text: string;
}

export const EMPTY_TEXT: TextDraft = { text: '' };

export const textDrafts: DraftKind<TextDraft> = {
  format: ({ text }) => ({ text }),
  parse: kept => {
    if (typeof kept !== 'object' || kept === null || !('text' in kept)) {
      return undefined;
    }
    return typeof kept.text === 'string' ? { text: kept.text } : undefined;
  },
  isUntouched: ({ text }) => text === '',
};
