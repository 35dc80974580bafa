import { ConflictError } from '@backstage/errors';
import { Approval } from './ExerciseStore';

/**
 * Lets an exercise begin of which all approvers have approved the plan as it is.
 *
 * @throws ConflictError which names who has not, or has rejected it
 */
export function requireApproval(
  approvers: readonly string[],
  approvals: readonly Approval[],
): void {
  const decisionOf = (approver: string) =>
    approvals.find(approval => sameRef(approval.approver, approver));
  const rejected = approvers.flatMap(approver => {
    const approval = decisionOf(approver);
    return approval?.decision === 'rejected' ? [approval] : [];
  });
  if (rejected.length) {
    throw new ConflictError(
      `The plan was rejected by ${rejected
        .map(({ approver, decidedBy }) => `${decidedBy} for ${approver}`)
        .join(', ')}; change it, and ask again`,
    );
  }
  const missing = approvers.filter(approver => !decisionOf(approver));
  if (missing.length) {
    throw new ConflictError(
      `The plan has to be approved before the exercise begins; missing is the approval of ${missing.join(
        ', ',
      )}`,
    );
  }
}

/** Whether two references mean the same, however they are written. */
export function sameRef(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en-US') === b.toLocaleLowerCase('en-US');
}
