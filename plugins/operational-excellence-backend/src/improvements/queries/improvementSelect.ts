import {
  Evaluation,
  evaluationDueAt,
  Improvement,
  improvementStage,
  Instant,
  Policy,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredBoolean, StoredInstant } from '../../database';
import { ImprovementRow, improvementOfRow } from '../improvementRows';
import { scopeText, ServiceTrackers, trackerId } from '../trackers';

/** An improvement with what it is read with. */
export type ShownRow = ImprovementRow & {
  entity_ref: string;
  entity_title: string;
  policy_id: string | null;
  environment_id: string | null;
  environment_title: string | null;
  scope_title: string | null;
  current_key: string | null;
  current_url: string | null;
  ticket_state: 'open' | 'in-progress' | 'done' | null;
  closed_at: StoredInstant | null;
} & {
  [Name in keyof EvaluationRow as `e_${Name}`]: EvaluationRow[Name] | null;
};

/** A row of `evaluations`, beside the improvement that it judges. */
export interface EvaluationRow {
  id: string;
  verdict: Evaluation['verdict'];
  measured: string | null;
  evidence: string;
  note: string | null;
  still_priority: StoredBoolean | null;
  reason: string | null;
  evaluated_by: string;
  evaluated_at: StoredInstant;
  done_at: StoredInstant;
}

const EVALUATION_COLUMNS = [
  'id',
  'verdict',
  'measured',
  'evidence',
  'note',
  'still_priority',
  'reason',
  'evaluated_by',
  'evaluated_at',
  'done_at',
] as const satisfies (keyof EvaluationRow)[];

/** What is read of each improvement. */
export const SHOWN_COLUMNS = `i.*, st.entity_ref, st.title as entity_title,
  st.policy_id, ie.environment_id, env.title as environment_title,
  sc.title as scope_title, t.key as current_key,
  t.url as current_url, t.state as ticket_state, t.closed_at,
  ${EVALUATION_COLUMNS.map(name => `e.${name} as e_${name}`).join(', ')}`;

/**
 * Improvements `i` with the status `st` of their services, which removed ones do
 * not have, their tickets `t`, and the evaluations `e` of what is done now.
 */
export const FROM_IMPROVEMENTS = `from improvements i
  join service_status st on st.service_id = i.service_id
  left join tickets t
    on t.source_id = i.source_id and t.external_id = i.external_id
  left join evaluations e on e.improvement_id = i.id
    and t.state = 'done' and e.done_at = t.closed_at`;

/**
 * The scopes `sc` that improvements `i` go to and the environments `env` that they
 * are tried in, for what is shown of them.
 */
export const SCOPE_JOIN = `left join scopes sc
    on sc.source_id = i.source_id and sc.key = i.scope_key
  left join improvement_environments ie on ie.improvement_id = i.id
  left join environments env on env.id = ie.environment_id`;

export interface ShowOptions {
  now: Instant;
  policies: ReadonlyMap<string, Policy>;
  sourceTitles: ReadonlyMap<string, string>;
  trackers: ServiceTrackers;
}

/** An improvement as the API gives it. */
export function shownImprovement(
  row: ShownRow,
  options: ShowOptions & { alternatives: string[] },
): Improvement {
  const { now, policies, sourceTitles, trackers } = options;
  const { delivery, destination, filed, ...improvement } =
    improvementOfRow(row);
  const doneAt = row.ticket_state === 'done' ? instantOf(row.closed_at) : null;
  const dueAt = evaluationDueAt(doneAt, policies.get(row.policy_id ?? ''));
  const source = trackers.source(destination.sourceId);
  return {
    id: improvement.id,
    entityRef: row.entity_ref,
    entityTitle: row.entity_title,
    title: improvement.title,
    description: improvement.description,
    goal: improvement.goal,
    priority: improvement.priority,
    origin: improvement.origin,
    filedBy: improvement.filedBy,
    createdAt: toIsoInstant(improvement.createdAt),
    tracker: {
      id: trackerId(destination),
      title: sourceTitles.get(destination.sourceId) ?? destination.sourceId,
      scope: scopeText(destination, {
        scopeTitle: row.scope_title,
        isBuiltIn: source?.isBuiltIn,
      }),
    },
    delivery: {
      state: delivery.state,
      attempts: delivery.attempts,
      nextAttemptAt:
        delivery.state === 'queued' && source
          ? toIsoInstant(delivery.nextAttemptAt)
          : null,
      reason:
        delivery.state === 'queued' && !source
          ? 'The tracker is not connected to this portal any more; it is filed once that is connected again'
          : delivery.reason,
    },
    ticket: filed && {
      key: row.current_key ?? filed.key,
      url: row.current_key === null ? filed.url : row.current_url,
      state: row.ticket_state,
    },
    stage: improvementStage(
      {
        delivery: delivery.state,
        ticket: row.ticket_state && {
          state: row.ticket_state,
          closedAt: doneAt,
        },
        verdict: row.e_verdict,
        evaluationDueAt: dueAt,
      },
      now,
    ),
    doneAt: toIsoInstant(doneAt),
    evaluationDueAt: toIsoInstant(dueAt),
    evaluation: currentEvaluation(row),
    alternativeTo: improvement.alternativeTo,
    alternatives: options.alternatives,
    environment:
      row.environment_id === null || row.environment_title === null
        ? null
        : { id: row.environment_id, title: row.environment_title },
  };
}

/** An evaluation as the API gives it. */
export function shownEvaluation(row: EvaluationRow): Evaluation {
  return {
    id: row.id,
    verdict: row.verdict,
    measured: row.measured,
    evidence: JSON.parse(row.evidence),
    note: row.note,
    stillPriority:
      row.still_priority === null ? null : Boolean(row.still_priority),
    reason: row.reason,
    evaluatedBy: row.evaluated_by,
    evaluatedAt: toIsoInstant(instantOf(row.evaluated_at)),
    doneAt: toIsoInstant(instantOf(row.done_at)),
  };
}

function currentEvaluation(row: ShownRow): Evaluation | null {
  if (
    row.e_id === null ||
    row.e_verdict === null ||
    row.e_evidence === null ||
    row.e_evaluated_by === null ||
    row.e_evaluated_at === null ||
    row.e_done_at === null
  ) {
    return null;
  }
  return shownEvaluation({
    id: row.e_id,
    verdict: row.e_verdict,
    measured: row.e_measured,
    evidence: row.e_evidence,
    note: row.e_note,
    still_priority: row.e_still_priority,
    reason: row.e_reason,
    evaluated_by: row.e_evaluated_by,
    evaluated_at: row.e_evaluated_at,
    done_at: row.e_done_at,
  });
}
