import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

/**
 * Whose signature a request gets.
 *
 * @public
 */
export interface FisRequestCredentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** @public */
export interface FisRequestToSign {
  method: string;
  url: URL;
  /** The body exactly as it is sent. */
  body?: string;
  /** The Region that the request addresses. */
  region: string;
  credentials: FisRequestCredentials;
  /** When it is sent; now if left out. */
  signingDate?: Date;
}

/**
 * The headers that a request to the endpoint has to carry, for tools that fill
 * it, such as a demo.
 *
 * @public
 */
export async function signFisRequest(
  request: FisRequestToSign,
): Promise<Record<string, string>> {
  const { method, url, body, region, credentials, signingDate } = request;
  const query: Record<string, string[]> = {};
  for (const [key, value] of url.searchParams) {
    (query[key] ??= []).push(value);
  }
  const signed = await new SignatureV4({
    credentials,
    region,
    service: 'fis',
    sha256: Sha256,
  }).sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: url.port ? Number(url.port) : undefined,
      path: url.pathname,
      query,
      headers: {
        host: url.host,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body,
    },
    { signingDate },
  );
  const { host: _host, ...headers } = signed.headers;
  return headers;
}
