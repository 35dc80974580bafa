import { PassedAnswer } from 'backstage-plugin-operational-excellence-node/testUtils';

/** The headers of a page that no other one follows. */
export function withoutNext(
  headers: PassedAnswer['headers'],
): PassedAnswer['headers'] {
  const { link: _, 'x-next-page': __, ...rest } = headers;
  return rest;
}
