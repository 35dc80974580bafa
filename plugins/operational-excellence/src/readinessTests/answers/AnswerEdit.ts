import {
  isSameReadinessAnswer,
  RECORD_TEXT_MAX,
  type ReadinessAnswer,
  type ReadinessAnswerInput,
  type ReadinessAnswerValue,
} from 'backstage-plugin-operational-excellence-common';
import {
  draftOfEvidence,
  EvidenceDraft,
  evidenceOf,
  evidenceProblems,
  isBegun,
} from '../../evidence';

/** What was typed into an item and is not saved yet. */
export interface AnswerEdit {
  /** The version of the answer that it replaces; 0 where there was none. */
  base: number;
  value: ReadinessAnswerValue | '';
  note: string;
  evidence: EvidenceDraft[];
}

/** What is typed into an item, without what it replaces. */
export type AnswerFields = Omit<AnswerEdit, 'base'>;

/** The answer of an item, ready to be typed further. */
export function editOf(answer: ReadinessAnswer | undefined): AnswerEdit {
  return {
    base: answer?.version ?? 0,
    value: answer?.value ?? '',
    note: answer?.note ?? '',
    evidence: draftOfEvidence(answer?.evidence ?? []),
  };
}

/** The answer that an edit makes; `undefined` as long as it cannot be sent. */
export function inputOf(edit: AnswerEdit): ReadinessAnswerInput | undefined {
  const { evidence, note, value } = edit;
  if (!value || isTooLong(note)) return undefined;
  if (Object.keys(evidenceProblems(evidence)).length) return undefined;
  return {
    value,
    note: note.trim() || null,
    evidence: evidenceOf(evidence),
  };
}

/**
 * Whether an edit says nothing else than the answer that is stored. Links that
 * nothing was typed into say nothing.
 */
export function isSettled(
  edit: AnswerEdit,
  answer: ReadinessAnswer | undefined,
): boolean {
  if (!answer) {
    return !edit.value && !edit.note.trim() && !edit.evidence.some(isBegun);
  }
  const input = inputOf(edit);
  return input !== undefined && isSameReadinessAnswer(input, answer);
}

export function isTooLong(note: string): boolean {
  return note.trim().length > RECORD_TEXT_MAX.text;
}
