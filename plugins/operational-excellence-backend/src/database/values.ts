import { Instant } from 'backstage-plugin-operational-excellence-common';
import { toUSVString } from 'node:util';
import { Columns } from './sql';

/** A bigint column as the drivers give it: PostgreSQL's as text. */
export type StoredInstant = number | string;

/** A boolean column as the drivers give it: SQLite's as 0 or 1. */
export type StoredBoolean = boolean | number;

/** A row as the drivers give it back, where it was written as `Row`. */
export type StoredRow<Row> = {
  [Name in keyof Row]:
    | (Row[Name] extends boolean ? StoredBoolean : Row[Name])
    | (number extends Row[Name] ? StoredInstant : never);
};

/** Whether a stored row says the same as another one, in the columns given. */
export function isSameRow<Row>(
  stored: StoredRow<Row>,
  row: Row,
  columns: Partial<Columns<Row>>,
): boolean {
  const names = Object.keys(columns) as (keyof Row & string)[];
  return names.every(name => {
    const value: unknown = stored[name];
    if (value === null) return row[name] === null;
    switch (columns[name]) {
      case 'bigint':
        return Number(value) === row[name];
      case 'boolean':
        return Boolean(value) === row[name];
      default:
        return value === row[name];
    }
  });
}

export function instantOf(stored: StoredInstant): Instant;
export function instantOf(stored: StoredInstant | null): Instant | null;
export function instantOf(stored: StoredInstant | null): Instant | null {
  return stored === null ? null : Number(stored);
}

/**
 * Text from outside as both databases can keep it: PostgreSQL knows neither NUL
 * nor lone surrogates.
 */
export function storableText(text: string): string;
export function storableText(text: string | null): string | null;
export function storableText(text: string | null): string | null {
  return text === null ? null : toUSVString(text).replaceAll('\0', '\ufffd');
}

/** A list of text, as JSON. */
export function storableTexts(texts: readonly string[]): string {
  return JSON.stringify(texts.map(text => storableText(text)));
}

/** A record of text, as JSON with its keys in order. */
export function storableRecord(record: Readonly<Record<string, string>>) {
  const entries = Object.entries(record)
    .map(([key, value]) => [storableText(key), storableText(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}

/** An address that is safe to link to; `null` where it is not http or https. */
export function storableUrl(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? storableText(url) : null;
}

/** An instant as the bigint columns take it. */
export function storableInstant(instant: Instant): number;
export function storableInstant(instant: Instant | null): number | null;
export function storableInstant(instant: Instant | null): number | null {
  return instant === null ? null : Math.round(instant);
}
