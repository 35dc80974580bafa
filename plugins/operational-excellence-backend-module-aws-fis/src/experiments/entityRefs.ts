import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { FIS_ENTITY_REF_TAG } from 'backstage-plugin-operational-excellence-common';

/**
 * The entities that an experiment names as exercised, by its own tag or else by
 * that of its template. A tag value may hold several references, separated by
 * white space.
 *
 * @param onInvalid - told of each text that is no entity reference
 */
export function exercisedEntityRefs(
  tags: Record<string, string>,
  templateTags: Record<string, string>,
  onInvalid: (text: string) => void,
): string[] {
  const value = tags[FIS_ENTITY_REF_TAG] ?? templateTags[FIS_ENTITY_REF_TAG];
  if (value === undefined) return [];
  const refs = new Set<string>();
  for (const text of value.split(/\s+/).filter(Boolean)) {
    const ref = normalised(text);
    if (ref === undefined) onInvalid(text);
    else refs.add(ref);
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
