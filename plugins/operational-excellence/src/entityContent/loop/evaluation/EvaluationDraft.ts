import {
  evaluationVerdictSchema,
  type EvaluationRequest,
  type EvaluationVerdict,
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

export function isBegun({
  title,
  url,
}: Pick<EvidenceDraft, 'title' | 'url'>): boolean {
  return Boolean(title.trim() || url.trim());
}

/** Whether nothing was typed since a draft was begun. */
export function isUntouched(
  draft: EvaluationDraft,
  begun: EvaluationDraft,
): boolean {
  const { evidence, ...texts } = draft;
  return (
    !evidence.some(isBegun) &&
    (Object.keys(texts) as (keyof typeof texts)[]).every(
      key => texts[key] === begun[key],
    )
  );
}

/**
 * A draft as it was kept, perhaps by another version of the plugin; `undefined`
 * where it is none.
 */
export function parseEvaluation(kept: unknown): EvaluationDraft | undefined {
  const fields = fieldsOf(kept);
  if (!fields) return undefined;
  const verdict = evaluationVerdictSchema.safeParse(fields.verdict);
  const { evidence, stillPriority } = fields;
  return {
    verdict: verdict.success ? verdict.data : '',
    measured: textOf(fields.measured),
    evidence: (Array.isArray(evidence) ? evidence : []).flatMap(
      (link, index) => {
        const { title, url } = fieldsOf(link) ?? {};
        const parsed = { title: textOf(title), url: textOf(url) };
        return isBegun(parsed) ? [{ id: index + 1, ...parsed }] : [];
      },
    ),
    note: textOf(fields.note),
    stillPriority:
      stillPriority === 'yes' || stillPriority === 'no' ? stillPriority : '',
    reason: textOf(fields.reason),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
