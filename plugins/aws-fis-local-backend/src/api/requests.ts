import { JsonValue } from '@backstage/types';
import { z } from 'zod';
import { templateIdSchema } from '../templates';
import { FisError } from './FisError';

export const pageQuerySchema = z.object({
  maxResults: z.coerce.number().int().min(1).max(100).optional(),
  nextToken: z.string().min(1).max(1024).regex(/^\S+$/).optional(),
});

export const listExperimentsQuerySchema = pageQuerySchema.extend({
  experimentTemplateId: templateIdSchema.optional(),
});

export const untagQuerySchema = z.object({
  tagKeys: z
    .union([z.string(), z.array(z.string())])
    .transform(keys => [keys].flat())
    .optional(),
});

/** What a request says, checked; the message names the field that is wrong. */
export function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw new FisError(
    'ValidationException',
    `Value ${
      path.length ? `at '${path.join('.')}' ` : ''
    }failed to satisfy constraint: ${message}`,
  );
}

/** The body as JSON, whatever content type it claims, as AWS reads it. */
export function parsedBody(body: Buffer): JsonValue {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new FisError(
      'SerializationException',
      'The request body is not valid JSON.',
    );
  }
}
