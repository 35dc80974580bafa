import { createHmac, timingSafeEqual } from 'node:crypto';
import { DateTime } from 'luxon';
import { FisError } from '../api/FisError';
import { Credential } from '../config';
import { canonicalRequest, RawRequest, sha256 } from './canonicalRequest';

/** Who calls, and which Region they address. */
export interface Caller {
  accountId: string;
  region: string;
  accessKeyId: string;
  /** The IAM actions that the caller may use; all of them if left out. */
  allow?: string[];
}

interface Authorization {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SERVICE = 'fis';
const MAX_CLOCK_SKEW_MS = 5 * 60_000;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

const hmac = (key: string | Buffer, data: string): Buffer =>
  createHmac('sha256', key).update(data).digest();

function parseAuthorization(header: string | undefined): Authorization {
  if (!header) {
    throw new FisError(
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    );
  }
  if (!header.startsWith(`${ALGORITHM} `)) {
    throw new FisError(
      'IncompleteSignatureException',
      `Unsupported AWS 'algorithm'; expected ${ALGORITHM}`,
    );
  }
  const parts = new Map(
    header
      .slice(ALGORITHM.length)
      .split(',')
      .map(part => {
        const [key, ...value] = part.trim().split('=');
        return [key, value.join('=')];
      }),
  );
  for (const part of ['Credential', 'SignedHeaders', 'Signature']) {
    if (!parts.get(part)) {
      throw new FisError(
        'IncompleteSignatureException',
        `Authorization header requires '${part}' parameter.`,
      );
    }
  }
  const scope = parts.get('Credential')!.split('/');
  if (scope.length !== 5 || scope[4] !== 'aws4_request') {
    throw new FisError(
      'IncompleteSignatureException',
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term',
    );
  }
  const [accessKeyId, date, region, service] = scope;
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: parts.get('SignedHeaders')!.split(';'),
    signature: parts.get('Signature')!,
  };
}

/**
 * Checks signatures of AWS Signature Version 4, and says who signed.
 */
export class SignatureVerifier {
  private readonly credentials: ReadonlyMap<string, Credential>;
  private readonly now: () => number;

  static create(options: {
    credentials: Credential[];
    now: () => number;
  }): SignatureVerifier {
    return new SignatureVerifier(
      new Map(options.credentials.map(c => [c.accessKeyId, c])),
      options.now,
    );
  }

  private constructor(
    credentials: ReadonlyMap<string, Credential>,
    now: () => number,
  ) {
    this.credentials = credentials;
    this.now = now;
  }

  /** @throws FisError where the request is not signed, or not as it should be */
  verify(request: RawRequest): Caller {
    const authorization = parseAuthorization(request.headers.authorization);
    const credential = this.credentials.get(authorization.accessKeyId);
    if (!credential) {
      throw new FisError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
    }
    this.checkScope(authorization);
    const timestamp = this.checkedTimestamp(request, authorization);
    if (!authorization.signedHeaders.includes('host')) {
      throw new FisError(
        'InvalidSignatureException',
        "'Host' must be a 'SignedHeader' in the AWS Authorization.",
      );
    }
    this.checkSignature(request, authorization, credential, timestamp);
    return {
      accountId: credential.accountId,
      region: authorization.region,
      accessKeyId: credential.accessKeyId,
      allow: credential.allow,
    };
  }

  private checkScope({ service, region }: Authorization): void {
    if (service !== SERVICE) {
      throw new FisError(
        'InvalidSignatureException',
        `Credential should be scoped to correct service: '${SERVICE}'.`,
      );
    }
    if (!REGION.test(region)) {
      throw new FisError(
        'InvalidSignatureException',
        'Credential should be scoped to a valid Region.',
      );
    }
  }

  private checkedTimestamp(
    { headers }: RawRequest,
    { date }: Authorization,
  ): string {
    const timestamp = [headers['x-amz-date'] ?? ''].flat()[0];
    const at = DateTime.fromFormat(timestamp, "yyyyMMdd'T'HHmmss'Z'", {
      zone: 'utc',
    });
    if (!at.isValid || !timestamp.startsWith(date)) {
      throw new FisError(
        'IncompleteSignatureException',
        "Date must be in ISO-8601 'basic format', and be that of the credential scope.",
      );
    }
    const skew = at.toMillis() - this.now();
    if (Math.abs(skew) > MAX_CLOCK_SKEW_MS) {
      throw new FisError(
        'InvalidSignatureException',
        `Signature ${skew < 0 ? 'expired' : 'not yet current'}: ${timestamp}`,
      );
    }
    return timestamp;
  }

  private checkSignature(
    request: RawRequest,
    { date, region, service, signedHeaders, signature }: Authorization,
    { secretAccessKey }: Credential,
    timestamp: string,
  ): void {
    let canonical: string;
    try {
      canonical = canonicalRequest(request, signedHeaders);
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      throw new FisError(
        'ValidationException',
        'The query string is not encoded as a URI.',
      );
    }
    const stringToSign = [
      ALGORITHM,
      timestamp,
      `${date}/${region}/${service}/aws4_request`,
      sha256(canonical),
    ].join('\n');
    const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
      hmac,
      `AWS4${secretAccessKey}`,
    );
    const expected = hmac(key, stringToSign);
    const given = Buffer.from(signature, 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new FisError(
        'InvalidSignatureException',
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      );
    }
  }
}
