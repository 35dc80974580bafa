import { NextFunction, Request, Response } from 'express';
import { JiraServerOptions } from './options';
import { refuse } from './site';

/** Looks at the credentials of a request as the deployment does. */
export function authenticates(
  options: JiraServerOptions,
  door: 'site' | 'gateway',
) {
  return (request: Request, response: Response, next: NextFunction) => {
    const given = request.headers.authorization;
    if (isValid(options, door, given)) {
      next();
      return;
    }
    response.setHeader('X-Seraph-LoginReason', 'AUTHENTICATED_FAILED');
    const isSearch = request.path.startsWith('/search');
    const isAnonymous =
      options.deployment === 'cloud'
        ? isSearch && options.badCredentials === 'anonymous'
        : given === undefined;
    if (isAnonymous) {
      response.locals.isAnonymous = true;
      next();
    } else if (options.deployment === 'cloud') {
      response.status(401).json({
        message: 'Client must be authenticated to access this resource.',
        'status-code': 401,
      });
    } else {
      refuse(
        response,
        401,
        'You are not authenticated. Authentication required to perform this operation.',
      );
    }
  };
}

function isValid(
  options: JiraServerOptions,
  door: 'site' | 'gateway',
  given: string | undefined,
): boolean {
  const { deployment, email, apiToken, scopedToken, token } = options;
  if (deployment === 'data-center') {
    return token !== undefined && given === `Bearer ${token}`;
  }
  const tokens = door === 'gateway' ? [apiToken, scopedToken] : [apiToken];
  return tokens.some(
    known =>
      known !== undefined &&
      given === `Basic ${Buffer.from(`${email}:${known}`).toString('base64')}`,
  );
}

/** Counts requests down, and tells so as the deployment does. */
export class RateLimiter {
  private remaining: number;
  private refusals = 0;
  private retryAfter: string | undefined;

  constructor(private readonly options: JiraServerOptions) {
    this.remaining = options.rateLimit ?? Infinity;
  }

  /** Refuses the next requests. */
  refuseNext(count: number, retryAfter?: string): void {
    this.refusals = count;
    this.retryAfter = retryAfter;
  }

  readonly handle = (
    _request: Request,
    response: Response,
    next: NextFunction,
  ) => {
    const { rateLimit, deployment } = this.options;
    if (rateLimit !== undefined) {
      this.remaining = Math.max(0, this.remaining - 1);
      response.setHeader('X-RateLimit-Limit', String(rateLimit));
      response.setHeader('X-RateLimit-Remaining', String(this.remaining));
      if (deployment === 'cloud') {
        response.setHeader(
          'X-RateLimit-Reset',
          new Date(Date.now() + 3_600_000).toISOString(),
        );
      } else {
        response.setHeader('X-RateLimit-FillRate', '10');
        response.setHeader('X-RateLimit-Interval-Seconds', '60');
      }
    }
    if (this.refusals > 0 || this.remaining === 0) {
      this.refusals -= 1;
      if (this.retryAfter !== undefined) {
        response.setHeader('Retry-After', this.retryAfter);
      }
      response
        .status(429)
        .type('html')
        .send('<html><head><title>Rate limit exceeded</title></head></html>');
      return;
    }
    next();
  };
}
