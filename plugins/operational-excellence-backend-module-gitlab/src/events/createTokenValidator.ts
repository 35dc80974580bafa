import { createHash, timingSafeEqual } from 'node:crypto';
import { RequestValidator } from '@backstage/plugin-events-node';

/**
 * Refuses what does not carry the secret of a webhook, which GitLab sends as
 * `X-Gitlab-Token`. How long that takes does not tell how much of it was right.
 */
export function createTokenValidator(secret: string): RequestValidator {
  const wanted = digest(secret);
  return async (request, context) => {
    const token = request.headers['x-gitlab-token'];
    if (typeof token !== 'string' || !timingSafeEqual(digest(token), wanted)) {
      context.reject({ status: 403, payload: { message: 'invalid token' } });
    }
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
