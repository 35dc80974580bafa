// The local FIS endpoint, asked as the AWS CLI asks FIS.
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { backendUrl } from './portal.mjs';

/** The pair in app-config.yaml, which is the one of AWS's examples. */
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** Calls an operation of FIS in a Region. */
export async function fis(method, path, body, region = 'eu-west-1') {
  const url = new URL(`${backendUrl}/api/aws-fis-local${path}`);
  const signer = new SignatureV4({
    credentials,
    region,
    service: 'fis',
    sha256: Sha256,
  });
  const text = body && JSON.stringify(body);
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    query: {},
    headers: { host: url.host, 'content-type': 'application/json' },
    body: text,
  });
  const response = await fetch(url, { method, headers, body: text });
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${await response.text()}`);
  }
  return response.json();
}
