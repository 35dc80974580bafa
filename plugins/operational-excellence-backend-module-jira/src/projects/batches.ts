import { createHash } from 'node:crypto';

const BATCH_KEY = /^projects-(\d+)$/;

/** The scope that a project is read in; always the same one. */
export function batchKey(projectKey: string, batches: number): string {
  const hash = createHash('sha256').update(projectKey).digest();
  return `projects-${hash.readUInt32BE(0) % batches}`;
}

export function isBatchKey(scopeKey: string): boolean {
  return BATCH_KEY.test(scopeKey);
}

const QUERY_PREFIX = 'query:';

/** The scope of a service's own query. */
export function queryScopeKey(hash: string): string {
  return `${QUERY_PREFIX}${hash}`;
}

export function isQueryScopeKey(scopeKey: string): boolean {
  return scopeKey.startsWith(QUERY_PREFIX);
}
