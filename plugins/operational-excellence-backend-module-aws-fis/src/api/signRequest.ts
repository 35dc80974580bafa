import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsCredentials } from '../credentials';

/** The headers of AWS Signature Version 4 for a request. */
export async function signRequest(options: {
  request: { method: string; url: URL; body?: string };
  credentials: AwsCredentials;
  region: string;
}): Promise<Record<string, string>> {
  const { request, credentials, region } = options;
  const { method, url, body } = request;
  const { headers } = await new SignatureV4({
    credentials,
    region,
    service: 'fis',
    sha256: Sha256,
  }).sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port ? Number(url.port) : undefined,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host },
    body,
  });
  // fetch sets it by itself, to the same.
  const { host: _host, ...signed } = headers;
  return signed;
}
