import { ResponseError } from '@backstage/errors';

/**
 * What an error says to a person: of a refused request what the backend said,
 * not which status it had.
 */
export function errorText(error: Error): string {
  return (
    (error instanceof ResponseError && error.cause.message) || error.message
  );
}
