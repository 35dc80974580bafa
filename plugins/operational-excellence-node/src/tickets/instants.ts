/*
 * Instants as a server writes them, ISO 8601. They are sent back the way they
 * came: servers differ in whether they know fractions of a second.
 */

/**
 * An instant that lies some time before another one, written like that one.
 *
 * @public
 */
export function instantBefore(instant: string, ms: number): string {
  const iso = new Date(Date.parse(instant) - ms).toISOString();
  return instant.includes('.') ? iso : iso.replace(/\.\d+Z$/, 'Z');
}

/** Whether an instant lies after another one. None lies before all others. */
export function isAfter(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined) return false;
  return b === undefined || Date.parse(a) > Date.parse(b);
}

/**
 * The later one of two instants, as a server writes them.
 *
 * @public
 */
export function laterInstant(
  a: string | undefined,
  b: string | undefined,
): string | undefined {
  return isAfter(a, b) ? a : b;
}
