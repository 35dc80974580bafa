import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const ISO_DURATION =
  /^P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

const UNIT_MS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000];

/**
 * An ISO 8601 duration of weeks, days, hours, minutes and seconds in
 * milliseconds; `undefined` where the text is none.
 */
function durationMs(text: string): number | undefined {
  return ISO_DURATION.exec(text)
    ?.slice(1)
    .reduce((sum, count, i) => sum + Number(count ?? 0) * UNIT_MS[i], 0);
}

/**
 * Reads an optional ISO 8601 duration.
 *
 * @param key - the full key of the config that `name` is looked up in, for messages
 * @throws InputError where it is none, or shorter than `atLeast`
 * @public
 */
export function readIsoDuration(
  config: Config | undefined,
  key: string,
  name: string,
  atLeast: { text: string; ms: number } = { text: 'PT1S', ms: 1000 },
): { text: string; ms: number } | undefined {
  const text = config?.getOptionalString(name);
  if (text === undefined) return undefined;
  const ms = durationMs(text);
  if (ms === undefined || ms < atLeast.ms) {
    throw new InputError(
      `${key}.${name} is '${text}'; expected an ISO 8601 duration of at least ${atLeast.text}, such as PT10M`,
    );
  }
  return { text, ms };
}
