import { Duration } from 'luxon';
import { z } from 'zod';

/** An ISO 8601 duration in the configuration, as milliseconds. */
export function durationMs(byDefault: string) {
  return z
    .string()
    .refine(
      text => Duration.fromISO(text).toMillis() > 0,
      `expected an ISO 8601 duration longer than zero, such as ${byDefault}`,
    )
    .default(byDefault)
    .transform(text => Duration.fromISO(text).toMillis());
}
