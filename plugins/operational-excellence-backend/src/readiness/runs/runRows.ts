import {
  Evidence,
  Instant,
  ReadinessAnswer,
  ReadinessAnswerValue,
  ReadinessTestState,
  ReadinessVerdict,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import {
  instantOf,
  storableInstant,
  storableText,
  StoredInstant,
} from '../../database';

/** Somebody's decision on a test that was performed. */
export interface SignOff {
  by: string;
  at: Instant;
  decision: 'accepted' | 'returned';
  comment: string | null;
}

/** A readiness test of any state and origin. */
export interface ReadinessRun {
  id: string;
  serviceId: number;
  template: string;
  /** Of the template; `null` where only the result was put down. */
  revision: string | null;
  /** The items that apply, in their order. */
  itemIds: string[];
  state: ReadinessTestState;
  version: number;
  startedAt: Instant;
  startedBy: string | null;
  performedAt: Instant | null;
  performedBy: string | null;
  verdict: ReadinessVerdict | null;
  validUntil: Instant | null;
  summary: string | null;
  signOff: SignOff | null;
  updatedBy: string | null;
  updatedAt: Instant;
}

/** The run of a result that was put down as it came, without answers. */
export function runOfResult(
  result: Pick<
    ReadinessRun,
    | 'id'
    | 'serviceId'
    | 'template'
    | 'performedBy'
    | 'verdict'
    | 'validUntil'
    | 'summary'
  > & { performedAt: Instant },
): ReadinessRun {
  const { performedAt, performedBy } = result;
  return {
    ...result,
    revision: null,
    itemIds: [],
    state: 'finished',
    version: 1,
    startedAt: performedAt,
    startedBy: null,
    signOff: null,
    updatedBy: performedBy,
    updatedAt: performedAt,
  };
}

/** What a run is known by from outside, if it is. */
export interface RunIdentity {
  submission?: { key: string; hash: string };
  report?: { reportedBy: string; externalId: string };
  importKey?: string;
}

export interface RunRow {
  id: string;
  service_id: number;
  template: string;
  revision: string | null;
  item_ids: string;
  item_count: number;
  state: ReadinessTestState;
  version: number;
  started_at: StoredInstant;
  started_by: string | null;
  performed_at: StoredInstant | null;
  performed_by: string | null;
  listed_at: StoredInstant;
  verdict: ReadinessVerdict | null;
  valid_until: StoredInstant | null;
  summary: string | null;
  signed_by: string | null;
  signed_at: StoredInstant | null;
  sign_off: SignOff['decision'] | null;
  sign_off_comment: string | null;
  updated_by: string | null;
  updated_at: StoredInstant;
}

export function runOfRow(row: RunRow): ReadinessRun {
  return {
    id: row.id,
    serviceId: row.service_id,
    template: row.template,
    revision: row.revision,
    itemIds: JSON.parse(row.item_ids),
    state: row.state,
    version: row.version,
    startedAt: instantOf(row.started_at),
    startedBy: row.started_by,
    performedAt: instantOf(row.performed_at),
    performedBy: row.performed_by,
    verdict: row.verdict,
    validUntil: instantOf(row.valid_until),
    summary: row.summary,
    signOff: signOffOfRow(row),
    updatedBy: row.updated_by,
    updatedAt: instantOf(row.updated_at),
  };
}

export function signOffOfRow(
  row: Pick<
    RunRow,
    'sign_off' | 'sign_off_comment' | 'signed_at' | 'signed_by'
  >,
): SignOff | null {
  if (
    row.sign_off === null ||
    row.signed_at === null ||
    row.signed_by === null
  ) {
    return null;
  }
  return {
    by: row.signed_by,
    at: instantOf(row.signed_at),
    decision: row.sign_off,
    comment: row.sign_off_comment,
  };
}

export function rowOfRun(run: ReadinessRun): RunRow {
  const { signOff } = run;
  return {
    id: run.id,
    service_id: run.serviceId,
    template: storableText(run.template),
    revision: run.revision,
    item_ids: JSON.stringify(run.itemIds),
    item_count: run.itemIds.length,
    state: run.state,
    version: run.version,
    started_at: storableInstant(run.startedAt),
    started_by: storableText(run.startedBy),
    performed_at: storableInstant(run.performedAt),
    performed_by: storableText(run.performedBy),
    listed_at: storableInstant(run.performedAt ?? run.startedAt),
    verdict: run.verdict,
    valid_until: storableInstant(run.validUntil),
    summary: storableText(run.summary),
    signed_by: signOff && storableText(signOff.by),
    signed_at: signOff && storableInstant(signOff.at),
    sign_off: signOff && signOff.decision,
    sign_off_comment: signOff && storableText(signOff.comment),
    updated_by: storableText(run.updatedBy),
    updated_at: storableInstant(run.updatedAt),
  };
}

export function identityColumns(identity: RunIdentity) {
  const { importKey, report, submission } = identity;
  return {
    ...(submission && {
      submission_key: submission.key,
      submission_hash: submission.hash,
    }),
    ...(report && {
      reported_by: storableText(report.reportedBy),
      external_id: storableText(report.externalId),
    }),
    ...(importKey !== undefined && { import_key: storableText(importKey) }),
  };
}

/** What somebody answered to an item. */
export interface GivenAnswer {
  value: ReadinessAnswerValue;
  note: string | null;
  evidence: Evidence[];
}

/** An answer as it is kept; its version counts on when it is taken back. */
export interface StoredAnswer extends Omit<GivenAnswer, 'value'> {
  itemId: string;
  version: number;
  /** `null`: it was taken back. */
  value: ReadinessAnswerValue | null;
  answeredBy: string;
  answeredAt: Instant;
}

export interface AnswerRow {
  run_id: string;
  item_id: string;
  version: number;
  value: ReadinessAnswerValue | null;
  note: string | null;
  evidence: string;
  answered_by: string;
  answered_at: StoredInstant;
}

export function answerOfRow(row: AnswerRow): StoredAnswer {
  return {
    itemId: row.item_id,
    version: row.version,
    value: row.value,
    note: row.note,
    evidence: JSON.parse(row.evidence),
    answeredBy: row.answered_by,
    answeredAt: instantOf(row.answered_at),
  };
}

export function rowOfAnswer(runId: string, answer: StoredAnswer): AnswerRow {
  return {
    run_id: runId,
    item_id: answer.itemId,
    version: answer.version,
    value: answer.value,
    note: storableText(answer.note),
    evidence: storableText(JSON.stringify(answer.evidence)),
    answered_by: storableText(answer.answeredBy),
    answered_at: storableInstant(answer.answeredAt),
  };
}

/** An answer that was not taken back. */
export type StandingAnswer = StoredAnswer & { value: ReadinessAnswerValue };

export function isStanding(answer: StoredAnswer): answer is StandingAnswer {
  return answer.value !== null;
}

export function shownAnswer(answer: StandingAnswer): ReadinessAnswer {
  return { ...answer, answeredAt: toIsoInstant(answer.answeredAt) };
}
