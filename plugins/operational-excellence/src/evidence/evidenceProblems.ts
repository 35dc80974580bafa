import { RECORD_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { externalHref } from '../entityContent/externalHref';
import { EvidenceDraft, isBegun } from './EvidenceDraft';

const TITLE_MAX = 200;

/** As many links as the backend takes. */
export const MAX_EVIDENCE = 20;

/** What is wrong with a field of a link. */
export type EvidenceProblem =
  | { kind: 'title' | 'address' }
  | { kind: 'too-long'; max: number };

/** What has to be corrected, by the id of the link. */
export type EvidenceProblems = Record<
  number,
  { title?: EvidenceProblem; url?: EvidenceProblem }
>;

export function evidenceProblems(
  evidence: readonly EvidenceDraft[],
): EvidenceProblems {
  return Object.fromEntries(
    evidence
      .filter(isBegun)
      .map(each => [each.id, problemsOf(each)] as const)
      .filter(([, each]) => each.title || each.url),
  );
}

function problemsOf({ title, url }: EvidenceDraft) {
  return {
    title: title.trim()
      ? tooLong(title, TITLE_MAX)
      : ({ kind: 'title' } as const),
    url:
      tooLong(url, RECORD_TEXT_MAX.url) ??
      (externalHref(url.trim()) ? undefined : ({ kind: 'address' } as const)),
  };
}

function tooLong(text: string, max: number): EvidenceProblem | undefined {
  return text.trim().length > max ? { kind: 'too-long', max } : undefined;
}
