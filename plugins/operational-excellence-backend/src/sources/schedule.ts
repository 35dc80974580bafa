import { InputError } from '@backstage/errors';
import { SourceSchedule } from 'backstage-plugin-operational-excellence-node';
import { Duration } from 'luxon';

/** When the scopes of a source are read, milliseconds. */
export interface Schedule {
  every: number;
  reconcileEvery: number;
  tolerance: number;
}

const EVERY_MS = 10 * 60_000;
const RECONCILE_EVERY_MS = 24 * 3_600_000;

/**
 * @param options - `tolerance`: for sources that state none, milliseconds
 * @throws InputError where the schedule cannot be read
 */
export function readSchedule(
  source: { id: string; schedule?: SourceSchedule },
  options: { tolerance: number },
): Schedule {
  const read = (key: keyof SourceSchedule, byDefault: number) => {
    const text = source.schedule?.[key];
    if (text === undefined) return byDefault;
    const ms = Duration.fromISO(text).toMillis();
    if (ms > 0) return ms;
    throw new InputError(
      `schedule.${key} of the source ${
        source.id
      }: expected an ISO 8601 duration longer than zero, such as PT10M; got ${JSON.stringify(
        text,
      )}`,
    );
  };
  return {
    every: read('every', EVERY_MS),
    reconcileEvery: read('reconcileEvery', RECONCILE_EVERY_MS),
    tolerance: read('tolerance', options.tolerance),
  };
}
