import {
  decisiveRetest,
  evaluationDueAt,
  Finding,
  findingCameUpAt,
  findingStage,
  EvaluationVerdict,
  improvementStage,
  ImprovementDelivery,
  Instant,
  Policy,
  Retest,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredInstant } from '../../database';
import { FindingRow } from '../findingRows';
import { RetestRow } from './readRetests';

/** A finding with what it is read with. */
export type ShownFindingRow = Omit<
  FindingRow,
  'search_text' | 'submission_key' | 'submission_hash' | 'severity_rank'
> & {
  severity_rank: number;
  entity_ref: string;
  entity_title: string;
  policy_id: string | null;
  origin_title: string | null;
  ended_at: StoredInstant | null;
  improvement_title: string | null;
  delivery_state: ImprovementDelivery | null;
  ticket_key: string | null;
  ticket_url: string | null;
  ticket_state: 'open' | 'in-progress' | 'done' | null;
  closed_at: StoredInstant | null;
  verdict: EvaluationVerdict | null;
};

/** What is read of each finding. */
export const FINDING_COLUMNS = `f.sequence, f.id, f.version, f.service_id,
  f.exercise_id, f.readiness_test_id, f.readiness_item_id, f.origin_kind,
  f.severity, f.severity_rank, f.text, f.lesson, f.retest_by,
  f.improvement_id, f.created_by, f.created_at, f.updated_by, f.updated_at,
  st.entity_ref, st.title as entity_title, st.policy_id,
  coalesce(x.title, rv.title, rr.template) as origin_title, x.ended_at, i.title as improvement_title,
  i.delivery_state, coalesce(t.key, i.ticket_key) as ticket_key,
  case when t.id is null then i.ticket_url else t.url end as ticket_url,
  t.state as ticket_state, t.closed_at, e.verdict`;

/**
 * Findings `f` with the status `st` of their services, which removed ones do not
 * have, the exercises `x` or readiness tests `rr` that they come from, the
 * improvements `i` that were filed for them, their tickets `t`, and the
 * evaluations `e` of what is done now.
 */
export const FROM_FINDINGS = `from findings f
  join service_status st on st.service_id = f.service_id
  left join exercises x on x.id = f.exercise_id
  left join readiness_runs rr on rr.id = f.readiness_test_id
  left join readiness_template_revisions rv
    on rv.template = rr.template and rv.revision = rr.revision
  left join improvements i on i.id = f.improvement_id
  left join tickets t
    on t.source_id = i.source_id and t.external_id = i.external_id
  left join evaluations e on e.improvement_id = i.id
    and t.state = 'done' and e.done_at = t.closed_at`;

/** A finding as the API gives it. */
export function shownFinding(
  row: ShownFindingRow,
  options: {
    now: Instant;
    policies: ReadonlyMap<string, Policy>;
    tags: readonly string[];
    /** The earliest first. */
    retests: readonly RetestRow[];
  },
): Finding {
  const { now, tags } = options;
  const doneAt = row.ticket_state === 'done' ? instantOf(row.closed_at) : null;
  const improvement = improvementOf(row, doneAt, options);
  const createdAt = instantOf(row.created_at);
  const retests = options.retests.map(retest => ({
    testedAt: instantOf(retest.tested_at),
    result: retest.result,
    shown: shownRetest(retest),
  }));
  const facts = {
    cameUpAt: findingCameUpAt({ createdAt, endedAt: instantOf(row.ended_at) }),
    retestBy: instantOf(row.retest_by),
    improvement: improvement && { stage: improvement.stage, doneAt },
    retests,
  };
  const stage = findingStage(facts, now);
  return {
    id: row.id,
    version: row.version,
    entityRef: row.entity_ref,
    entityTitle: row.entity_title,
    origin: {
      kind: row.origin_kind,
      id: row.exercise_id ?? row.readiness_test_id ?? '',
      title: row.origin_title ?? '',
      itemId: row.readiness_item_id,
    },
    severity: row.severity,
    text: row.text,
    lesson: row.lesson,
    tags: [...tags],
    retestBy: toIsoInstant(facts.retestBy),
    stage,
    improvement,
    retests: retests.map(({ shown }) => shown).reverse(),
    closedAt:
      stage === 'closed'
        ? toIsoInstant(decisiveRetest(facts)?.testedAt ?? null)
        : null,
    createdBy: row.created_by,
    createdAt: toIsoInstant(createdAt),
    updatedBy: row.updated_by,
    updatedAt: toIsoInstant(instantOf(row.updated_at)),
  };
}

function improvementOf(
  row: ShownFindingRow,
  doneAt: Instant | null,
  options: { now: Instant; policies: ReadonlyMap<string, Policy> },
): Finding['improvement'] {
  if (
    row.improvement_id === null ||
    row.delivery_state === null ||
    row.improvement_title === null
  ) {
    return null;
  }
  const { now, policies } = options;
  return {
    id: row.improvement_id,
    title: row.improvement_title,
    stage: improvementStage(
      {
        delivery: row.delivery_state,
        ticket: row.ticket_state && {
          state: row.ticket_state,
          closedAt: doneAt,
        },
        verdict: row.verdict,
        evaluationDueAt: evaluationDueAt(
          doneAt,
          policies.get(row.policy_id ?? ''),
        ),
      },
      now,
    ),
    ticketKey: row.ticket_key,
    ticketUrl: row.ticket_url,
  };
}

function shownRetest(row: RetestRow): Retest {
  const isExercise = row.exercise_id !== null;
  return {
    id: row.id,
    kind: isExercise ? 'exercise' : 'experiment',
    byId: (isExercise ? row.exercise_id : row.experiment_id) ?? '',
    title: (isExercise ? row.exercise_title : row.experiment_title) ?? '',
    testedAt: toIsoInstant(instantOf(row.tested_at)),
    result: row.result,
    note: row.note,
    recordedBy: row.recorded_by,
  };
}
