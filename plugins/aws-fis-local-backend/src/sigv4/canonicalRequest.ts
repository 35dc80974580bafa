import { createHash } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';

export interface RawRequest {
  method: string;
  /** Path and query as they were sent. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export const sha256 = (data: string | Buffer): string =>
  createHash('sha256').update(data).digest('hex');

const escapeUri = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

// Services other than S3 sign the path encoded once more than it is sent.
const canonicalPath = (path: string): string =>
  path.split('/').map(escapeUri).join('/');

function canonicalQuery(query: string): string {
  if (!query) return '';
  return query
    .split('&')
    .map(part => {
      const equals = part.indexOf('=');
      const [key, value] =
        equals < 0
          ? [part, '']
          : [part.slice(0, equals), part.slice(equals + 1)];
      return [key, value].map(text => escapeUri(decodeURIComponent(text)));
    })
    .sort(([key, value], [otherKey, otherValue]) => {
      if (key !== otherKey) return key < otherKey ? -1 : 1;
      if (value !== otherValue) return value < otherValue ? -1 : 1;
      return 0;
    })
    .map(pair => pair.join('='))
    .join('&');
}

function canonicalHeaders(
  headers: IncomingHttpHeaders,
  signedHeaders: string[],
): string {
  return signedHeaders
    .map(name => {
      const value = [headers[name] ?? ''].flat().join(',');
      return `${name}:${value.trim().replace(/ +/g, ' ')}\n`;
    })
    .join('');
}

/**
 * The form of a request that its signature covers, as 'Create a signed AWS API
 * request' of the IAM User Guide describes it. Written apart from the library
 * that clients sign with, so that the one checks the other.
 */
export function canonicalRequest(
  request: RawRequest,
  signedHeaders: string[],
): string {
  const [path, ...query] = request.target.split('?');
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query.join('?')),
    canonicalHeaders(request.headers, signedHeaders),
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
}
