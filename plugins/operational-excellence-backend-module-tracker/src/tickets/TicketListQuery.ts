import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { TrackerTicketState } from './TrackerTicket';

export const TICKET_SORTS = [
  'createdAt',
  '-createdAt',
  'updatedAt',
  '-updatedAt',
] as const;

export type TicketSort = (typeof TICKET_SORTS)[number];

/** Which tickets to list, and in which order. */
export interface TicketListQuery {
  entityRefs: string[];
  /** Empty: of any state. */
  states: TrackerTicketState[];
  sort: TicketSort;
  limit: number;
  cursor?: string;
}

const positionSchema = z.object({
  sort: z.enum(TICKET_SORTS),
  at: z.int(),
  id: z.int(),
});

/** The last ticket of a page, from which the next page goes on. */
export type ListPosition = z.infer<typeof positionSchema>;

export function encodeListCursor(position: ListPosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws InputError where the cursor is not one of a list sorted like this */
export function decodeListCursor(
  cursor: string,
  sort: TicketSort,
): ListPosition {
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new InputError(
      'The cursor cannot be read; leave it out to begin with the first page',
      cause,
    );
  }
  const position = positionSchema.safeParse(given);
  if (!position.success || position.data.sort !== sort) {
    throw new InputError(
      'The cursor does not belong to this query; leave it out to begin with the first page',
    );
  }
  return position.data;
}
