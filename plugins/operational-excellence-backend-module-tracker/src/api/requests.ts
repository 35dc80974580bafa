import { InputError } from '@backstage/errors';
import {
  pageQuerySchema,
  ticketStateSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Request } from 'express';
import { z } from 'zod';
import { entityRefSchema, pastTicketSchema, TICKET_SORTS } from '../tickets';

function oneOrMore<T extends z.ZodType>(item: T) {
  return (list: (items: z.ZodArray<T>) => z.ZodArray<T>) =>
    z.preprocess(
      given => (given === undefined || Array.isArray(given) ? given : [given]),
      list(z.array(item)),
    );
}

/** The parameters of `GET /tracker/tickets`. */
export const ticketListSchema = pageQuerySchema.extend({
  entityRef: oneOrMore(entityRefSchema)(refs =>
    refs
      .min(1, 'must name at least one entity')
      .max(50, 'must not name more than 50 entities'),
  ),
  state: oneOrMore(ticketStateSchema)(states => states.max(3)).optional(),
  sort: z.enum(TICKET_SORTS).default('-updatedAt'),
});

/** The body of `POST /tracker/import`. */
export const importSchema = z.strictObject({
  tickets: z
    .array(pastTicketSchema)
    .min(1, 'must hold at least one ticket')
    .max(500, 'must not hold more than 500 tickets; send several requests'),
});

/** The header `Idempotency-Key`. */
export function idempotencyKeyOf(req: Request): string | undefined {
  const key = req.header('Idempotency-Key');
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new InputError(
      'The header Idempotency-Key must be 1 to 200 ASCII characters without spaces',
    );
  }
  return key;
}

/** The version that the header `If-Match` asks for. */
export function ifVersionOf(req: Request): number | undefined {
  const tag = req.header('If-Match');
  if (tag === undefined || tag === '*') return undefined;
  const version = /^"(\d{1,9})"$/.exec(tag)?.[1];
  if (version === undefined) {
    throw new InputError(
      'The header If-Match must be the ETag of a ticket, such as "3"',
    );
  }
  return Number(version);
}
