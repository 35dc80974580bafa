import type {
  EvaluationRequest,
  EvaluationVerdict,
} from 'backstage-plugin-operational-excellence-common';

export interface EvidenceDraft {
  /** Tells it from the others while it is typed. */
  id: number;
  title: string;
  url: string;
}

/** What a person types into the form. */
export interface EvaluationDraft {
  verdict: EvaluationVerdict | '';
  measured: string;
  evidence: EvidenceDraft[];
  note: string;
  stillPriority: 'yes' | 'no' | '';
  reason: string;
}

export const EMPTY_EVALUATION: EvaluationDraft = {
  verdict: '',
  measured: '',
  evidence: [],
  note: '',
  stillPriority: '',
  reason: '',
};

/** A further link to evidence, still to be typed. */
export function newEvidence(evidence: readonly EvidenceDraft[]): EvidenceDraft {
  const id = 1 + Math.max(0, ...evidence.map(each => each.id));
  return { id, title: '', url: '' };
}

/**
 * The request of a draft without problems. What was typed for another verdict
 * than the chosen one is left out, and so are links that nothing was typed into.
 */
export function requestOf(
  draft: EvaluationDraft,
  verdict: EvaluationVerdict,
): EvaluationRequest {
  const stillPriority = draft.stillPriority === 'yes';
  const isMissed = verdict === 'not-met';
  return {
    verdict,
    measured: draft.measured.trim() || null,
    evidence: draft.evidence.filter(isBegun).map(({ title, url }) => ({
      title: title.trim(),
      url: url.trim(),
    })),
    note: draft.note.trim() || null,
    stillPriority: isMissed ? stillPriority : null,
    reason: isMissed && !stillPriority ? draft.reason.trim() : null,
  };
}

export function isBegun({ title, url }: EvidenceDraft): boolean {
  return Boolean(title.trim() || url.trim());
}
