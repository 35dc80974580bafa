import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const ISO_DURATION =
  /^P(?=\d|T\d)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/;

/**
 * Reads an optional ISO 8601 duration of weeks, days, hours, minutes and seconds.
 *
 * @param key - the full key of the config that `name` is looked up in, for messages
 * @throws InputError where it is none, or no time at all
 */
export function readIsoDuration(
  config: Config | undefined,
  key: string,
  name: string,
): string | undefined {
  const text = config?.getOptionalString(name);
  if (text === undefined) return undefined;
  if (!ISO_DURATION.test(text) || !/[1-9]/.test(text)) {
    throw new InputError(
      `${key}.${name} is '${text}'; expected an ISO 8601 duration such as PT10M`,
    );
  }
  return text;
}
