import { Duration } from 'luxon';
import { z } from 'zod';

/** Beyond that, instants leave the range of dates. */
const LONGEST = Duration.fromObject({ years: 100 }).toMillis();

/** The text of an ISO 8601 duration. */
export const isoDuration = z.string().refine(text => {
  const ms = Duration.fromISO(text).toMillis();
  return ms > 0 && ms <= LONGEST;
}, 'expected an ISO 8601 duration longer than zero and no longer than 100 years, such as P90D');
