import { InputError } from '@backstage/errors';
import { Request } from 'express';
import { z } from 'zod';

/** How much of what was given a message repeats. */
const SHOWN_LENGTH = 100;

/**
 * The query parameters of a request. One that is given several times becomes a
 * list, whatever their number; nothing else in a name has a meaning.
 *
 * @throws InputError which says which parameter, what was expected and what was
 * given
 */
export function parseQuery<T extends z.ZodObject>(
  request: Request,
  schema: T,
): z.output<T> {
  const given = queryOf(request);
  const known = Object.keys(schema.shape);
  const unknown = [...given.keys()].filter(name => !known.includes(name));
  if (unknown.length > 0) {
    throw new InputError(
      `Unknown query parameter ${shorten(unknown[0])}; known are ${
        known.join(', ') || 'none'
      }`,
    );
  }
  return parse(Object.fromEntries(given), schema, 'query parameter');
}

/**
 * The JSON body of a request; none is none.
 *
 * @throws InputError which says which property, what was expected and what was
 * given
 */
export function parseBody<T extends z.ZodType>(
  request: Request,
  schema: T,
): z.output<T> {
  const hasBody =
    request.get('transfer-encoding') !== undefined ||
    Number(request.get('content-length') ?? 0) > 0;
  if (hasBody && !request.is('application/json')) {
    throw new InputError(
      `Expected a body of type application/json, given ${shorten(
        request.get('content-type') ?? 'no type',
      )}`,
    );
  }
  return parse(hasBody ? request.body : undefined, schema, 'body property');
}

function queryOf(request: Request): Map<string, string | string[]> {
  const { searchParams } = new URL(request.originalUrl, 'http://localhost');
  const given = new Map<string, string | string[]>();
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    given.set(name, values.length === 1 ? values[0] : values);
  }
  return given;
}

function parse<T extends z.ZodType>(
  given: unknown,
  schema: T,
  what: string,
): z.output<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;

  throw new InputError(
    parsed.error.issues
      .slice(0, 5)
      .map(issue => describe(issue, given, what))
      .join('; '),
  );
}

function describe(issue: z.core.$ZodIssue, given: unknown, what: string) {
  const where = issue.path.length
    ? `Invalid ${what} ${shorten(issue.path.join('.'))}`
    : 'Invalid body';
  const value = valueAt(given, issue.path);
  return `${where}: ${issue.message}${
    value === undefined ? '' : `, given ${shown(value)}`
  }`;
}

function shown(value: unknown) {
  try {
    return shorten(JSON.stringify(value));
  } catch (error) {
    // Objects within each other can be too many to write them.
    if (error instanceof RangeError) return 'what is nested too deeply';
    throw error;
  }
}

function valueAt(given: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : // What a list of one was made of.
          value,
    given,
  );
}

function shorten(text: string) {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
