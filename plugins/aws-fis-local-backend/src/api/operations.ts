import { NextFunction, Request, RequestHandler, Response } from 'express';
import { Caller, SignatureVerifier } from '../sigv4';
import { FisError } from './FisError';
import { authorize } from './permissions';
import { parsedBody } from './requests';

/** What an operation gets to know of its request. */
export interface OperationRequest {
  caller: Caller;
  params: Record<string, string>;
  query: Request['query'];
  body: unknown;
}

type Operation = (request: OperationRequest) => Promise<object>;

/**
 * Makes a route of an operation: who calls, whether they may, what they say, and
 * the answer.
 */
export function operationHandler(
  verifier: SignatureVerifier,
  action: string,
  operation: Operation,
): RequestHandler {
  return async (req: Request, res: Response) => {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const caller = verifier.verify({
      method: req.method,
      target: req.originalUrl,
      headers: req.headers,
      body,
    });
    authorize(caller, action);
    const answer = await operation({
      caller,
      params: req.params,
      query: req.query,
      body: parsedBody(body),
    });
    res.status(200).json(answer);
  };
}

export function unknownOperation(
  req: Request,
  _res: Response,
  next: NextFunction,
): void {
  next(
    new FisError(
      'UnknownOperationException',
      `The local endpoint has no operation ${req.method} ${req.path}`,
    ),
  );
}
