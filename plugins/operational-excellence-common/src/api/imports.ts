import { z } from 'zod';

/**
 * The parameters of `POST /imports/exercises` and `POST /imports/readiness-tests`.
 *
 * @public
 */
export const importQuerySchema = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('true')
    .describe('`true` only tells what would happen'),
});

/**
 * What an import did, or would do. Where a line is wrong, nothing is imported.
 *
 * @public
 */
export const importResultSchema = z.object({
  dryRun: z.boolean(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  errors: z
    .array(
      z.object({
        line: z
          .number()
          .int()
          .describe('Of the file, from 1; for JSON: of the entry, from 1'),
        field: z.string().nullable(),
        message: z.string(),
      }),
    )
    .describe('The first 100'),
  errorCount: z.number().int(),
});

/** @public */
export type ImportResult = z.infer<typeof importResultSchema>;
