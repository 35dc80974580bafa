import { InputError } from '@backstage/errors';
import express, { RequestHandler } from 'express';

/** A body that is larger than what is read. */
class PayloadTooLargeError extends Error {
  override readonly name = 'PayloadTooLargeError';
  readonly status = 413;
}

/** Reads a JSON body, and says plainly why where it cannot. */
export function jsonBody(limit: string): RequestHandler {
  const read = express.json({ limit });
  return (req, res, next) =>
    read(req, res, error => next(error && explained(error, limit)));
}

/**
 * Reads the body of an import, JSON or CSV. What it read, other readers leave
 * alone.
 */
export function importBody(limit: string): RequestHandler[] {
  const readText = express.text({ limit, type: 'text/csv' });
  return [
    jsonBody(limit),
    (req, res, next) =>
      readText(req, res, error => next(error && explained(error, limit))),
  ];
}

function explained(error: Error & { type?: string }, limit: string): Error {
  switch (error.type) {
    case 'entity.too.large':
      return new PayloadTooLargeError(
        `The body is larger than the limit of ${limit}`,
      );
    case 'entity.parse.failed':
      return new InputError(`The body is not JSON: ${error.message}`);
    default:
      return error;
  }
}
