import { request as httpRequest, IncomingHttpHeaders } from 'node:http';
import { Behaviour, ReceivedRequest } from './behaviours';

/**
 * What a server behind an upstream answered.
 *
 * @public
 */
export interface PassedAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Of one connection only, or wrong once the body is changed. */
const NOT_PASSED = [
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
];

/**
 * Passes a request on to the server at an address, and answers what that answers.
 *
 * @remarks
 * The request goes on with the headers that it came with, `host` among them:
 * signatures cover it.
 *
 * @public
 */
export async function ask(
  serverUrl: string,
  request: ReceivedRequest,
): Promise<PassedAnswer> {
  const { url, method, body } = request;
  // What is compressed could not be changed.
  const { 'accept-encoding': _, ...headers } = request.headers;
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      new URL(`${url.pathname}${url.search}`, serverUrl),
      { method, headers },
      answer => {
        const pieces: Buffer[] = [];
        answer.on('data', piece => pieces.push(piece));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            headers: answer.headers,
            body: Buffer.concat(pieces).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/**
 * Answers with what a server answered.
 *
 * @public
 */
export function relay(answer: PassedAnswer): Behaviour {
  return (_, response) => {
    const headers = Object.fromEntries(
      Object.entries(answer.headers).filter(
        ([name, value]) => value !== undefined && !NOT_PASSED.includes(name),
      ),
    );
    response.writeHead(answer.status, headers);
    response.end(answer.body);
  };
}

/**
 * Puts the upstream in front of a server.
 *
 * @param change - what becomes of an answer of the server on its way
 * @public
 */
export function passOn(
  serverUrl: string,
  change: (
    answer: PassedAnswer,
    request: ReceivedRequest,
  ) => PassedAnswer | Promise<PassedAnswer> = answer => answer,
): Behaviour {
  return async (request, response) => {
    const answer = await change(await ask(serverUrl, request), request);
    await relay(answer)(request, response);
  };
}
