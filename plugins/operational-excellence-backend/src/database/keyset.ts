import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { bound, sql, SqlPart } from './sqlPart';

/** What a list is sorted by. What has no value comes last either way. */
export interface Order {
  /** As the query names it, such as `-title`. */
  name: string;
  /** The column of what is sorted by. */
  column: string;
  /** The column of the ids, which decide between equals. */
  idColumn: string;
  /** What the ids are; numbers unless told otherwise. */
  idType?: 'number' | 'text';
  descending: boolean;
  type: 'number' | 'text';
}

/** The item that a page begins after. */
export interface Position {
  value: number | string | null;
  id: number | string;
}

const cursorSchema = z.tuple([
  z.string(),
  z.union([z.number(), z.string(), z.null()]),
  z.union([z.number().int(), z.string()]),
]);

/** Leads to the page after an item. */
export function encodeCursor(order: Order, { value, id }: Position): string {
  return Buffer.from(JSON.stringify([order.name, value, id])).toString(
    'base64url',
  );
}

/** @throws InputError where the cursor is not one of a list in this order */
export function decodeCursor(order: Order, cursor: string): Position {
  const text = Buffer.from(cursor, 'base64url').toString();
  const parsed = cursorSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new InputError(
      'The cursor is not one that this list gave; leave it out to begin with the first page',
    );
  }
  const [name, value, id] = parsed.data;
  if (
    name !== order.name ||
    typeof id !== (order.idType === 'text' ? 'string' : 'number') ||
    (value !== null && typeof value !== order.type.replace('text', 'string'))
  ) {
    throw new InputError(
      `The cursor belongs to a list that is not sorted by ${order.name}; leave it out to begin with the first page`,
    );
  }
  return { value, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function orderBySql(order: Order): string {
  const direction = order.descending ? 'desc' : 'asc';
  return `${order.column} ${direction} nulls last, ${order.idColumn} ${direction}`;
}

/** The condition that an item comes after a position. */
export function afterSql(order: Order, { id, value }: Position): SqlPart {
  const { column, idColumn } = order;
  const beyond = order.descending ? '<' : '>';
  if (value === null) {
    return sql`${column} is null and ${idColumn} ${beyond} ${bound(id)}`;
  }
  return sql`${column} ${beyond} ${bound(value)}
    or (${column} = ${bound(value)} and ${idColumn} ${beyond} ${bound(id)})
    or ${column} is null`;
}

/** The items of a page, of one more that were read, and where to go on. */
export function pageOf<T extends { id: number | string }>(
  rows: readonly T[],
  limit: number,
  order: Order,
  valueOf: (row: T) => Position['value'],
): { rows: T[]; nextCursor?: string } {
  if (rows.length <= limit) return { rows: [...rows] };
  const page = rows.slice(0, limit);
  const last = page[limit - 1];
  const position = { value: valueOf(last), id: last.id };
  return { rows: page, nextCursor: encodeCursor(order, position) };
}
