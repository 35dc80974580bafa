import {
  ApprovalDecision,
  ApprovalState,
  ExerciseKind,
} from '../api/exercises';
import { Policy } from '../policy';

/**
 * Who has to approve an exercise of a kind before it may run, as the policies of
 * its services name them; each of them once, in the order of the policies.
 *
 * @public
 */
export function approversOf(
  kind: ExerciseKind,
  policies: Iterable<Pick<Policy, 'exercise'> | undefined>,
): string[] {
  const approvers = new Map<string, string>();
  for (const policy of policies) {
    const rule = policy?.exercise;
    if (!rule?.approvers || !rule.approvalFor.includes(kind)) continue;
    for (const approver of rule.approvers) {
      const key = approver.toLocaleLowerCase('en-US');
      if (!approvers.has(key)) approvers.set(key, approver);
    }
  }
  return [...approvers.values()];
}

/**
 * What the decisions of those who have to approve come to: one who rejects is
 * enough, and all of them have to approve.
 *
 * @param decisions - `null` of who has not decided on the plan as it is
 * @public
 */
export function approvalStateOf(
  decisions: readonly (ApprovalDecision | null)[],
): ApprovalState {
  if (!decisions.length) return 'not-required';
  if (decisions.includes('rejected')) return 'rejected';
  return decisions.includes(null) ? 'pending' : 'approved';
}
