import { JiraIssue } from './schemas';

/**
 * An index can be older than the fields that come with it: an issue that has just
 * been updated is then listed at its old place with its new instant. So it is not
 * one issue alone that says how far a page reaches.
 */
const WITNESSES = 3;

/** How far a page reaches that is followed by others. */
export function positionOf(issues: readonly JiraIssue[]): number | undefined {
  const instants = issues.slice(-WITNESSES).map(({ fields }) => fields.updated);
  return instants.length ? Math.min(...instants) : undefined;
}

/** The newest update of some issues, and of what was known before. */
export function newest(
  issues: readonly JiraIssue[],
  before: number | undefined,
): number | undefined {
  return issues.reduce<number | undefined>(
    (most, { fields: { updated } }) =>
      most === undefined || updated > most ? updated : most,
    before,
  );
}
