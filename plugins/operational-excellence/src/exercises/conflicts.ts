import { ResponseError } from '@backstage/errors';

/** Whether something was refused because of what somebody else did meanwhile. */
export function isConflict(error: unknown): boolean {
  return error instanceof ResponseError && error.statusCode === 409;
}
