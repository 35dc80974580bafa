import { z } from 'zod';
import { isoInstantSchema, pageQuerySchema, pageSchema } from './lists';

/** @public */
export const ticketStateSchema = z.enum(['open', 'in-progress', 'done']);

/**
 * A work item of a tracker, normalised.
 *
 * @public
 */
export const ticketSchema = z.object({
  id: z.string(),
  sourceId: z.string(),
  key: z.string().describe("The tracker's own short name of the ticket"),
  url: z.string().nullable(),
  title: z.string(),
  state: ticketStateSchema,
  improvement: z.boolean(),
  createdAt: isoInstantSchema,
  startedAt: isoInstantSchema.nullable(),
  closedAt: isoInstantSchema.nullable(),
  updatedAt: isoInstantSchema,
  labels: z.array(z.string()),
  priority: z.string().nullable(),
  assignee: z.string().nullable(),
});

/**
 * The parameters of `GET /services/:kind/:namespace/:name/tickets`.
 *
 * @public
 */
export const ticketQuerySchema = pageQuerySchema.extend({
  class: z
    .enum(['improvement', 'all'])
    .default('improvement')
    .describe('Improvements only, or every ticket'),
  state: z
    .enum(['open', 'in-progress', 'done', 'not-done', 'all'])
    .default('not-done')
    .describe('`not-done` is open or in progress'),
  sort: z
    .enum([
      'createdAt',
      '-createdAt',
      'closedAt',
      '-closedAt',
      'updatedAt',
      '-updatedAt',
    ])
    .default('createdAt')
    .describe('A leading `-` puts the newest first'),
});

/** @public */
export const ticketPageSchema = pageSchema(ticketSchema);

/** @public */
export type TicketItem = z.infer<typeof ticketSchema>;

/** @public */
export type TicketQuery = z.output<typeof ticketQuerySchema>;
