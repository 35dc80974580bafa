import { LoggerService } from '@backstage/backend-plugin-api';
import { ErrorRequestHandler, Response } from 'express';
import { FisError } from './FisError';

function sendError(res: Response, status: number, type: string, text: string) {
  res
    .status(status)
    .set('x-amzn-errortype', type)
    .json({ __type: type, message: text });
}

const isTooLarge = (error: unknown): boolean =>
  (error as { type?: unknown } | undefined)?.type === 'entity.too.large';

/** Answers failures in the form of the API. */
export function errorHandler(logger: LoggerService): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const shown = isTooLarge(error)
      ? new FisError('RequestEntityTooLargeException', 'The body is too large.')
      : error;
    if (shown instanceof FisError) {
      sendError(res, shown.status, shown.type, shown.message);
      return;
    }
    logger.error(`${req.method} ${req.path} failed`, error);
    sendError(
      res,
      500,
      'InternalServerException',
      'The local endpoint failed; its log says why.',
    );
  };
}
