import {
  FindingSeverity,
  findingSeveritySchema,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { storableInstant, storableText, StoredInstant } from '../database';

/** What findings can come from. */
export type FindingOriginKind =
  | 'game-day'
  | 'tabletop'
  | 'pre-mortem'
  | 'readiness-test';

/** What somebody wrote of a finding. */
export interface FindingWording {
  severity: FindingSeverity;
  /** Markdown. */
  text: string;
  /** Markdown. */
  lesson: string | null;
  tags: readonly string[];
  retestBy: Instant | null;
}

export interface FindingRow {
  sequence: number;
  id: string;
  version: number;
  service_id: number;
  exercise_id: string | null;
  readiness_test_id: string | null;
  readiness_item_id: string | null;
  origin_kind: FindingOriginKind;
  severity: FindingSeverity;
  severity_rank: number;
  text: string;
  lesson: string | null;
  search_text: string;
  retest_by: StoredInstant | null;
  improvement_id: string | null;
  created_by: string;
  submission_key: string;
  submission_hash: string;
  created_at: StoredInstant;
  updated_by: string;
  updated_at: StoredInstant;
}

/** What is written of the wording, beside its tags. */
export function wordingColumns(wording: FindingWording) {
  const { lesson, retestBy, severity, text } = wording;
  return {
    severity,
    severity_rank: findingSeveritySchema.options.indexOf(severity),
    text: storableText(text),
    lesson: storableText(lesson),
    retest_by: storableInstant(retestBy),
  };
}
