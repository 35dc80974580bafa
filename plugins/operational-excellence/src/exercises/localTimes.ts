import { DateTime } from 'luxon';

/** The minute of an instant, as a field for local times holds it. */
export function toLocalTime(instant: string | null): string {
  return instant === null
    ? ''
    : DateTime.fromISO(instant).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** The instant of a local time; `undefined` where it is none. */
export function toInstant(localTime: string): string | undefined {
  const parsed = DateTime.fromISO(localTime);
  return parsed.isValid ? parsed.toUTC().toISO() : undefined;
}
