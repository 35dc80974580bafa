import { InputError } from '@backstage/errors';
import { Request } from 'express';
import { z } from 'zod';
import { ImportEntries, MOST_ENTRIES } from './ImportEntries';
import { readCsv } from './readCsv';

/** How much of a wrong value a message repeats. */
const SHOWN_LENGTH = 100;

/**
 * Reads the body of an import: CSV whose first line names columns, or a JSON
 * array of objects. The schema says which fields there are; what is empty or
 * `null` is left out. `importBody` must have read the body.
 *
 * @throws InputError where the body as a whole cannot be read
 */
export function readImport<T extends z.ZodObject>(
  request: Request,
  schema: T,
): ImportEntries<z.output<T>> {
  const known = Object.keys(schema.shape);
  const { errors, records } = request.is('text/csv')
    ? readCsv(String(request.body), { known })
    : readJson(request);
  const count = records.length + errors.length;
  if (count > MOST_ENTRIES) {
    throw new InputError(
      `There are ${count} entries; an import takes ${MOST_ENTRIES} at most, send them in parts`,
    );
  }
  const result: ImportEntries<z.output<T>> = { entries: [], errors };
  for (const { fields, line } of records) {
    const parsed = schema.safeParse(fields);
    if (parsed.success) {
      result.entries.push({ line, value: parsed.data });
    } else {
      result.errors.push(
        ...parsed.error.issues.map(issue => errorOf(issue, line, fields)),
      );
    }
  }
  return result;
}

function readJson(request: Request) {
  if (!request.is('application/json')) {
    throw new InputError(
      'Expected a body of type text/csv or application/json',
    );
  }
  const body: unknown = request.body;
  if (!Array.isArray(body)) {
    throw new InputError('Expected a JSON array of objects');
  }
  const records = body.map((entry: unknown, index) => ({
    line: index + 1,
    fields: isObject(entry) ? withoutNulls(entry) : entry,
  }));
  return { records, errors: [] };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutNulls(entry: object) {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== null),
  );
}

function errorOf(issue: z.core.$ZodIssue, line: number, fields: unknown) {
  const field = issue.path.length ? String(issue.path[0]) : null;
  if (issue.code === 'unrecognized_keys') {
    return {
      line,
      field: issue.keys[0].slice(0, SHOWN_LENGTH),
      message: `there is no such field as ${issue.keys
        .join(', ')
        .slice(0, SHOWN_LENGTH)}`,
    };
  }
  const value: unknown =
    field !== null && isObject(fields) ? Reflect.get(fields, field) : undefined;
  return {
    line,
    field,
    message:
      field !== null && value === undefined
        ? 'expected a value'
        : `${issue.message}${shown(value)}`,
  };
}

function shown(value: unknown) {
  if (value === undefined) return '';
  const text = JSON.stringify(value);
  return `, given ${
    text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text
  }`;
}
