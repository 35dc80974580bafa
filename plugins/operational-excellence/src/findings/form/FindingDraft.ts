import {
  findingSeveritySchema,
  type Finding,
  type FindingChange,
  type FindingSeverity,
  type FindingSubmissionInput,
} from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import type { DraftKind } from '../../drafts';
import { newSubmissionKey } from '../../improvements/draft';

/** What a person types into the form. */
export interface FindingDraft {
  /** The key under which it is submitted, however often that is tried. */
  key: string;
  /** The service that it is about. */
  entityRef: string;
  severity: FindingSeverity | '';
  text: string;
  lesson: string;
  /** With commas in between. */
  tags: string;
  /** A day in the reader's time zone, such as 2026-12-31. */
  retestBy: string;
  /** The version that is changed; 0 for a new one. */
  version: number;
}

/** A draft in which only that is filled in which was known beforehand. */
export function newFinding(entityRef: string): FindingDraft {
  return {
    key: newSubmissionKey(),
    entityRef,
    severity: '',
    text: '',
    lesson: '',
    tags: '',
    retestBy: '',
    version: 0,
  };
}

/** A draft that changes a finding. */
export function draftOf(finding: Finding): FindingDraft {
  return {
    ...newFinding(finding.entityRef),
    severity: finding.severity,
    text: finding.text,
    lesson: finding.lesson ?? '',
    tags: finding.tags.join(', '),
    retestBy: dayOfRetest(finding.retestBy),
    version: finding.version,
  };
}

const WORDING_KEYS = [
  'entityRef',
  'severity',
  'text',
  'lesson',
  'tags',
  'retestBy',
] as const satisfies (keyof FindingDraft)[];

/** How drafts of findings are kept. */
export const findingDrafts: DraftKind<FindingDraft> = {
  format: draft => ({ ...draft }),
  isUntouched: (draft, begun) =>
    WORDING_KEYS.every(key => draft[key] === begun[key]),
  parse: kept => {
    if (typeof kept !== 'object' || kept === null) return undefined;
    const fields: Record<string, unknown> = { ...kept };
    const text = (name: string) => {
      const value = fields[name];
      return typeof value === 'string' ? value : '';
    };
    const severity = findingSeveritySchema.safeParse(fields.severity);
    return {
      key: text('key') || newSubmissionKey(),
      entityRef: text('entityRef'),
      severity: severity.success ? severity.data : '',
      text: text('text'),
      lesson: text('lesson'),
      tags: text('tags'),
      retestBy: text('retestBy'),
      version: typeof fields.version === 'number' ? fields.version : 0,
    };
  },
};

/** The tags that are typed. */
export function tagsOf({ tags }: Pick<FindingDraft, 'tags'>): string[] {
  const typed = tags.split(',').map(tag => tag.trim().toLowerCase());
  return [...new Set(typed)].filter(Boolean);
}

/** The end of the day of a re-test, in the reader's time zone. */
export function endOfRetest(day: string): string | null {
  const end = DateTime.fromFormat(day, 'yyyy-MM-dd').endOf('day');
  return end.isValid ? end.toUTC().toISO() : null;
}

/** What a draft without problems is sent as. */
export function submissionOf(
  draft: FindingDraft,
  origin: Pick<
    FindingSubmissionInput,
    'exerciseId' | 'readinessTestId' | 'readinessItemId'
  >,
): FindingSubmissionInput {
  const { entityRef, key } = draft;
  return { key, entityRef, ...origin, ...wordingOf(draft) };
}

/** What a draft that changes a finding is sent as. */
export function changeOf(draft: FindingDraft, finding: Finding): FindingChange {
  const wording = wordingOf(draft);
  return {
    ...wording,
    version: draft.version,
    // A day that was not changed stays the instant that it was.
    retestBy:
      draft.retestBy === dayOfRetest(finding.retestBy)
        ? finding.retestBy
        : wording.retestBy,
  };
}

function wordingOf(draft: FindingDraft) {
  return {
    // There is one, for a draft without it has a problem.
    severity: draft.severity || ('medium' as const),
    text: draft.text.trim(),
    lesson: draft.lesson.trim() || null,
    tags: tagsOf(draft),
    retestBy: endOfRetest(draft.retestBy),
  };
}

function dayOfRetest(instant: string | null): string {
  return instant ? DateTime.fromISO(instant).toFormat('yyyy-MM-dd') : '';
}
