import { ServerResponse } from 'node:http';
import { openFor } from './openFor';

/**
 * A request as a {@link MisbehavingUpstream} received it.
 *
 * @public
 */
export interface ReceivedRequest {
  method: string;
  url: URL;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** When it was complete, epoch milliseconds. */
  at: number;
}

/**
 * How a {@link MisbehavingUpstream} treats a request.
 *
 * @public
 */
export type Behaviour = (
  request: ReceivedRequest,
  response: ServerResponse,
) => void | Promise<void>;

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string,
) {
  response.writeHead(status, {
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(body);
}

/**
 * Answers with JSON.
 *
 * @public
 */
export function json(
  value: unknown,
  options?: { status?: number; headers?: Record<string, string> },
): Behaviour {
  return (_, response) =>
    send(
      response,
      options?.status ?? 200,
      { 'content-type': 'application/json', ...options?.headers },
      JSON.stringify(value),
    );
}

/**
 * Answers with any text.
 *
 * @public
 */
export function text(
  body: string,
  options?: { status?: number; headers?: Record<string, string> },
): Behaviour {
  return (_, response) =>
    send(
      response,
      options?.status ?? 200,
      { 'content-type': 'text/plain; charset=utf-8', ...options?.headers },
      body,
    );
}

/**
 * Answers with a page for people, such as a proxy's or a login page.
 *
 * @public
 */
export function html(options?: { status?: number; title?: string }): Behaviour {
  const title = options?.title ?? 'Sign in';
  return text(
    `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><script>var a = 1;</script></body></html>`,
    {
      status: options?.status,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    },
  );
}

/**
 * Answers 429.
 *
 * @param options - `retryAfter` is the value of the header, which is left out
 * without one
 * @public
 */
export function rateLimited(options?: { retryAfter?: string }): Behaviour {
  return json(
    { message: 'Too many requests' },
    {
      status: 429,
      headers:
        options?.retryAfter === undefined
          ? {}
          : { 'retry-after': options.retryAfter },
    },
  );
}

/**
 * Answers with a well-formed response whose JSON ends early.
 *
 * @public
 */
export function truncatedJson(value: unknown): Behaviour {
  const complete = JSON.stringify(value);
  return text(complete.slice(0, Math.floor(complete.length / 2)), {
    headers: { 'content-type': 'application/json' },
  });
}

/**
 * Sends a redirect.
 *
 * @public
 */
export function redirect(location: string, status = 302): Behaviour {
  return text('', { status, headers: { location } });
}

/**
 * Closes the connection without a word.
 *
 * @public
 */
export function reset(): Behaviour {
  return (_, response) => {
    response.destroy();
  };
}

/**
 * Promises a body and closes the connection in the middle of it.
 *
 * @param bytes - how much of the body is sent
 * @public
 */
export function resetAfter(bytes: number, value: unknown = []): Behaviour {
  const body = JSON.stringify(value).padEnd(bytes + 1, ' ');
  return (_, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    });
    response.write(body.slice(0, bytes), () => response.destroy());
  };
}

/**
 * Sends bytes that are no HTTP.
 *
 * @public
 */
export function garbage(): Behaviour {
  return (_, response) => {
    response.socket?.end('\u0000\u0001 this is not HTTP\r\n\r\n');
  };
}

/**
 * Waits before it answers.
 *
 * @public
 */
export function slowHeaders(ms: number, then: Behaviour): Behaviour {
  return async (request, response) => {
    await openFor(ms, response);
    if (!response.destroyed) await then(request, response);
  };
}

/**
 * Answers at once, with a body that comes a piece at a time.
 *
 * @public
 */
export function slowBody(
  options: { pieces: number; everyMs: number },
  value: unknown = [],
): Behaviour {
  return async (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    for (let piece = 0; piece < options.pieces; piece++) {
      if (response.destroyed) return;
      response.write(' ');
      await openFor(options.everyMs, response);
    }
    if (!response.destroyed) response.end(JSON.stringify(value));
  };
}

/**
 * Sends a body without end, without promising how long it is.
 *
 * @public
 */
export function endlessBody(): Behaviour {
  return async (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const piece = Buffer.alloc(64 * 1024, ' ');
    while (!response.destroyed) {
      if (!response.write(piece)) await drained(response);
    }
  };
}

function drained(response: ServerResponse) {
  return new Promise<void>(resolve => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

/**
 * Never answers, and keeps the connection open.
 *
 * @public
 */
export function silence(): Behaviour {
  return () => {};
}

/**
 * Does its work, and then treats the request as if it had failed.
 *
 * @public
 */
export function afterWork(
  work: (request: ReceivedRequest) => void | Promise<void>,
  then: Behaviour,
): Behaviour {
  return async (request, response) => {
    await work(request);
    await then(request, response);
  };
}
