import { Instant } from 'backstage-plugin-operational-excellence-common';
import { z } from 'zod';
import { ChangePosition } from '../tickets';

/**
 * A transaction may commit a little later than the instant it wrote: rows
 * younger than this when a page was read may have got company since.
 */
const SETTLE_MS = 2 * 60_000;

const cursorSchema = z.object({
  writtenAt: z.int(),
  id: z.int(),
  /** When the page was read. */
  readAt: z.int(),
  /** The rule by which improvements were classed. */
  rule: z.string(),
});

type Cursor = z.infer<typeof cursorSchema>;

export const BEGINNING: ChangePosition = { writtenAt: 0, id: 0 };

export function encodeChangesCursor(
  position: ChangePosition,
  read: { readAt: Instant; rule: string },
): string {
  const cursor: Cursor = {
    writtenAt: position.writtenAt,
    id: position.id,
    ...read,
  };
  return JSON.stringify(cursor);
}

/**
 * Where to read on after a cursor: a little before it where rows were still
 * unsettled, from the beginning where another rule classed improvements.
 */
export function positionAfter(
  cursor: string | undefined,
  rule: string,
): ChangePosition {
  if (cursor === undefined) return BEGINNING;
  const { writtenAt, id, ...read } = cursorSchema.parse(JSON.parse(cursor));
  if (read.rule !== rule) return BEGINNING;
  const settledUntil = read.readAt - SETTLE_MS;
  return writtenAt < settledUntil
    ? { writtenAt, id }
    : { writtenAt: settledUntil, id: 0 };
}
