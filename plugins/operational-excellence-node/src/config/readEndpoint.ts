import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Reads the optional address of a server's API. A refused one is not repeated in
 * the message: it may hold credentials.
 *
 * @param key - the full key of the entry, for messages
 * @param example - what an address looks like
 * @throws InputError where it is no http or https URL, or has more than a path
 * @public
 */
export function readEndpoint(
  entry: Config,
  key: string,
  name: string,
  example: string,
): URL | undefined {
  const text = entry.getOptionalString(name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url &&
    /^https?:$/.test(url.protocol) &&
    !url.username &&
    !url.password &&
    !url.search &&
    !url.hash;
  if (!isPlain) {
    throw new InputError(
      `${key}.${name} is not an http or https URL without credentials and query, such as ${example}`,
    );
  }
  return url;
}
