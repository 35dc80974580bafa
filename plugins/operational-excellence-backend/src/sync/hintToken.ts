import { randomUUID } from 'crypto';

const PREFIX = 'hint:';

/**
 * The token of a claim under which only what events hinted at is read. A request
 * that comes meanwhile makes the scope due as if nobody held it.
 */
export function createHintToken(): string {
  return `${PREFIX}${randomUUID()}`;
}

/** The condition that the claim of a scope is such a one. */
export function isHintTokenSql(): string {
  return `(claim_token like '${PREFIX}%')`;
}
