import { InputError } from '@backstage/errors';
import { Secrets } from './Secrets';
import { UpstreamRequest } from './UpstreamClient';

const MAX_PATH_LENGTH = 200;

/** A request as it is attempted, and what is learned on the way. */
export interface Call<T> {
  request: UpstreamRequest<T>;
  method: string;
  url: URL;
  body: string | undefined;
  /** Whether it may be repeated. */
  isRead: boolean;
  /** Method and path, for messages. */
  operation: string;
  secrets: Secrets;
  /** How many requests were made so far. */
  requests: number;
}

/**
 * @throws InputError where the address cannot be called
 */
export function callOf<T>(
  request: UpstreamRequest<T>,
  source: string,
): Call<T> {
  const method = request.method ?? 'GET';
  const url = addressOf(request, source);
  const secrets = new Secrets();
  secrets.addUrl(url);
  const path = secrets.redact(url.pathname);
  return {
    request,
    method,
    url,
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
    isRead:
      method === 'GET' || (method === 'POST' && request.readOnly === true),
    operation: `${method} ${
      path.length > MAX_PATH_LENGTH
        ? `${path.slice(0, MAX_PATH_LENGTH)}…`
        : path
    }`,
    secrets,
    requests: 0,
  };
}

function addressOf(request: UpstreamRequest<unknown>, source: string): URL {
  if (!URL.canParse(request.url)) {
    throw new InputError(`${source}: an address to call is not a valid URL`);
  }
  const url = new URL(request.url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InputError(
      `${source}: an address to call starts with ${url.protocol}; expected https: or http:`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `${source}: an address to call at ${url.host} contains credentials; they belong into the credentials of the source`,
    );
  }
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}
