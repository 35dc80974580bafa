import { createHash } from 'node:crypto';

/** The scope that a project is read in; always the same one. */
export function batchKey(projectKey: string, batches: number): string {
  const hash = createHash('sha256').update(projectKey).digest();
  return `projects-${hash.readUInt32BE(0) % batches}`;
}

const QUERY_PREFIX = 'query:';

/** The scope of a service's own query. */
export function queryScopeKey(hash: string): string {
  return `${QUERY_PREFIX}${hash}`;
}

export function isQueryScopeKey(scopeKey: string): boolean {
  return scopeKey.startsWith(QUERY_PREFIX);
}

/**
 * The external id of an issue in a scope: rows of a query and of a batch, or of
 * two queries, must not take each other's place.
 */
export function scopedId(scopeKey: string, issueId: string): string {
  return isQueryScopeKey(scopeKey)
    ? `${issueId}@${scopeKey.slice(QUERY_PREFIX.length)}`
    : issueId;
}
