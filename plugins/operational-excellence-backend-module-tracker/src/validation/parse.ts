import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * What was given, as the schema understands it.
 *
 * @throws InputError which names what is wrong, part by part
 */
export function parse<T extends z.ZodType>(
  schema: T,
  given: unknown,
  what: string,
): z.output<T> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new InputError(`${what} is not valid: ${problemsOf(result.error)}`);
}

/** What is wrong with what was given, part by part. */
export function problemsOf({ issues }: z.ZodError): string {
  return issues
    .slice(0, 10)
    .map(({ path, message }) =>
      path.length ? `${path.map(String).join('.')}: ${message}` : message,
    )
    .join('; ');
}
