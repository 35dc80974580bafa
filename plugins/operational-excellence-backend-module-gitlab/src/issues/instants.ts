/*
 * Instants as a server writes them, ISO 8601 with milliseconds and the offset of
 * its time zone.
 */

/** An instant that lies some time before another one. */
export function before(instant: string, ms: number): string {
  return new Date(Date.parse(instant) - ms).toISOString();
}

/** Whether an instant lies after another one. None lies before all others. */
export function isAfter(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined) return false;
  return b === undefined || Date.parse(a) > Date.parse(b);
}

/** The later one of two instants. */
export function later(
  a: string | undefined,
  b: string | undefined,
): string | undefined {
  return isAfter(a, b) ? a : b;
}
