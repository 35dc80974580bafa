import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { FIS_ENTITY_REF_TAG } from 'backstage-plugin-operational-excellence-common';
import { ExperimentPlace } from './ExperimentPlace';

/**
 * The entities that something names as exercised, by its own tag or else by that
 * of its template. A tag value may hold several references, separated by white
 * space; a text that is none is logged and passed over.
 *
 * @param options - `name`: what carries the tags, for messages
 */
export function entityRefsOf(
  tags: Record<string, string>,
  templateTags: Record<string, string>,
  options: { place: ExperimentPlace; name: string },
): string[] {
  const value = tags[FIS_ENTITY_REF_TAG] ?? templateTags[FIS_ENTITY_REF_TAG];
  if (value === undefined) return [];
  const { accountId, region, logger } = options.place;
  const refs = new Set<string>();
  for (const text of value.split(/\s+/).filter(Boolean)) {
    const ref = normalised(text);
    if (ref !== undefined) refs.add(ref);
    else {
      logger.debug(
        `${options.name} of ${accountId}/${region} names ${JSON.stringify(
          text,
        )}, which is no entity reference`,
      );
    }
  }
  return [...refs];
}

function normalised(text: string): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    // Thrown for any text that is no reference; the caller says what it was.
    return undefined;
  }
}
