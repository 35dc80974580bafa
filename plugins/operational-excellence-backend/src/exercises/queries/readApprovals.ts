import {
  ApprovalDecision,
  approversOf,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf, queryRows, StoredInstant, textSet } from '../../database';
import { sameRef } from '../requireApproval';
import { Approval } from '../ExerciseStore';
import { ExerciseRow } from '../exerciseRows';

/** What was decided on the plans of some exercises as they are. */
export async function readApprovals(
  db: Knex,
  exerciseIds: readonly string[],
): Promise<Map<string, Approval[]>> {
  const approvals = new Map<string, Approval[]>();
  if (!exerciseIds.length) return approvals;
  const set = textSet(db, exerciseIds);
  const rows = await queryRows<{
    exercise_id: string;
    approver: string;
    plan_hash: string;
    decision: ApprovalDecision;
    decided_by: string;
    decided_at: StoredInstant;
    comment: string | null;
  }>(
    db,
    `select a.* from exercise_approvals a
     join exercises x on x.id = a.exercise_id and x.plan_hash = a.plan_hash
     where ${set.includes('a.exercise_id')} order by a.decided_at, a.approver`,
    [set.binding],
  );
  for (const row of rows) {
    const of = approvals.get(row.exercise_id) ?? [];
    of.push({
      approver: row.approver,
      planHash: row.plan_hash,
      decision: row.decision,
      decidedBy: row.decided_by,
      decidedAt: instantOf(row.decided_at),
      comment: row.comment,
    });
    approvals.set(row.exercise_id, of);
  }
  return approvals;
}

/** Who has to approve, and what they decided. */
export interface AwaitedApproval {
  approver: string;
  approval: Approval | undefined;
}

/**
 * What approvals there are to show: of what is planned, those that the policies
 * ask for; of what has begun, those that were given before it did.
 */
export function awaitedApprovals(
  row: Pick<ExerciseRow, 'kind' | 'state'>,
  options: {
    approvals: readonly Approval[];
    policies: Iterable<Policy | undefined>;
  },
): AwaitedApproval[] {
  const { approvals, policies } = options;
  if (row.state !== 'planned') {
    return approvals.map(approval => ({
      approver: approval.approver,
      approval,
    }));
  }
  return approversOf(row.kind, policies).map(approver => ({
    approver,
    approval: approvals.find(each => sameRef(each.approver, approver)),
  }));
}
