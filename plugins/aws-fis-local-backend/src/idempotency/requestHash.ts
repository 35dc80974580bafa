import { createHash } from 'node:crypto';
import { JsonValue } from '@backstage/types';

function sorted(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map(item => sorted(item) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([key], [other]) => (key < other ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

/**
 * Equal for requests that say the same, in whatever order of their fields: a
 * client token may be used again only for the same request.
 */
export const requestHash = (request: JsonValue): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(request)))
    .digest('hex');
