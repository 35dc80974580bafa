import { searchWords } from './searchWords';

/** What of a finding is searched. */
export interface SearchedFinding {
  text: string;
  lesson: string | null;
  tags: readonly string[];
  serviceTitle: string;
  originTitle: string;
}

/** The words of a finding, each once: what `findings.search_text` holds. */
export function searchText(finding: SearchedFinding): string {
  const { lesson, originTitle, serviceTitle, tags, text } = finding;
  const words = searchWords(
    [text, lesson ?? '', ...tags, serviceTitle, originTitle].join('\n'),
  );
  return [...new Set(words)].join(' ');
}
