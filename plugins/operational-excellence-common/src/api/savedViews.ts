import { z } from 'zod';
import { isoInstantSchema } from './lists';
import { RECORD_TEXT_MAX, requiredText } from './text';

/** The parameters of the scorecard's address, as it writes them. */
const searchSchema = z
  .string()
  .max(8000)
  .regex(/^[!"$-\uFFFF]*$/, 'expected the parameters of an address')
  .describe('The parameters of the scorecard, without a leading question mark');

/**
 * The body of `POST /views` and `PUT /views/{id}`.
 *
 * @public
 */
export const savedViewSubmissionSchema = z.strictObject({
  title: requiredText(RECORD_TEXT_MAX.name),
  search: searchSchema,
  shared: z
    .boolean()
    .default(false)
    .describe('Whether everybody sees it, or only who saved it'),
});

/** @public */
export type SavedViewSubmission = z.output<typeof savedViewSubmissionSchema>;

/**
 * A view of the scorecard that somebody saved.
 *
 * @public
 */
export const savedViewSchema = z.object({
  id: z.string(),
  title: z.string(),
  search: z.string(),
  shared: z.boolean(),
  createdBy: z.string().describe('An entity reference'),
  createdAt: isoInstantSchema,
  mayChange: z.boolean().describe('Whether the caller may change or remove it'),
});

/** @public */
export type SavedView = z.infer<typeof savedViewSchema>;

/**
 * The answer of `GET /views`: one's own and the shared ones, by title. A user
 * has at most 100, and there are at most 500 shared ones.
 *
 * @public
 */
export const savedViewsSchema = z.object({ items: z.array(savedViewSchema) });
