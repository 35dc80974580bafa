import { createHmac, timingSafeEqual } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { RequestValidator } from '@backstage/plugin-events-node';

/**
 * Lets through what Jira signed with the secret of its webhook:
 * `X-Hub-Signature: sha256=` and the HMAC of the body as it was sent.
 */
export function signatureValidator(options: {
  secret: string;
  topic: string;
  logger: LoggerService;
}): RequestValidator {
  const { secret, topic, logger } = options;
  return async (request, context) => {
    const given = [request.headers['x-hub-signature']].flat()[0];
    const expected = createHmac('sha256', secret)
      .update(request.raw.body)
      .digest();
    if (isSignature(given, expected)) return;
    logger.warn(
      `Refused an event for ${topic}: its signature is ${
        given === undefined ? 'missing' : 'wrong'
      }`,
    );
    context.reject({
      status: 403,
      payload: { message: 'The signature is missing or wrong' },
    });
  };
}

function isSignature(given: string | undefined, expected: Buffer): boolean {
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(given ?? '') ?? [];
  return (
    hex !== undefined && timingSafeEqual(Buffer.from(hex, 'hex'), expected)
  );
}
