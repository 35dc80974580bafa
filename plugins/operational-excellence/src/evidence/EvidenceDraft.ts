import type { Evidence } from 'backstage-plugin-operational-excellence-common';

/** A link to what proves something, while it is typed. */
export interface EvidenceDraft {
  /** Tells it from the others while it is typed. */
  id: number;
  title: string;
  url: string;
}

/** A further link, still to be typed. */
export function newEvidence(evidence: readonly EvidenceDraft[]): EvidenceDraft {
  const id = 1 + Math.max(0, ...evidence.map(each => each.id));
  return { id, title: '', url: '' };
}

export function isBegun({
  title,
  url,
}: Pick<EvidenceDraft, 'title' | 'url'>): boolean {
  return Boolean(title.trim() || url.trim());
}

/** What is sent of links: not those that nothing was typed into. */
export function evidenceOf(evidence: readonly EvidenceDraft[]): Evidence[] {
  return evidence.filter(isBegun).map(({ title, url }) => ({
    title: title.trim(),
    url: url.trim(),
  }));
}

/** Links that can be typed further. */
export function draftOfEvidence(
  evidence: readonly Evidence[],
): EvidenceDraft[] {
  return evidence.map(({ title, url }, index) => ({
    id: index + 1,
    title,
    url,
  }));
}

/** Links as they were kept, perhaps by another version of the plugin. */
export function parseEvidence(kept: unknown): EvidenceDraft[] {
  return (Array.isArray(kept) ? kept : []).flatMap((link: unknown, index) => {
    const fields: Record<string, unknown> =
      typeof link === 'object' && link !== null ? { ...link } : {};
    const parsed = { title: textOf(fields.title), url: textOf(fields.url) };
    return isBegun(parsed) ? [{ id: index + 1, ...parsed }] : [];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
