import { createHash } from 'node:crypto';

/**
 * The label by which a filed issue is found again. It tells nothing of the
 * idempotency key, and a mention of the key is not the label.
 */
export function markerLabel(idempotencyKey: string): string {
  const hash = createHash('sha256').update(idempotencyKey).digest('hex');
  return `backstage-${hash.slice(0, 32)}`;
}
