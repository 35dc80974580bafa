import { Config } from '@backstage/config';
import { SourceSchedule } from '../sources';
import { readIsoDuration } from './readIsoDuration';

/**
 * Reads the `schedule` of a source's entry, of which each part may be left out.
 *
 * @param key - the full key of the entry, for messages
 * @throws InputError that names the full key of a mistake
 * @public
 */
export function readSourceSchedule(entry: Config, key: string): SourceSchedule {
  const schedule = entry.getOptionalConfig('schedule');
  const duration = (name: keyof SourceSchedule) =>
    readIsoDuration(schedule, `${key}.schedule`, name)?.text;
  return {
    every: duration('every'),
    reconcileEvery: duration('reconcileEvery'),
    tolerance: duration('tolerance'),
  };
}
