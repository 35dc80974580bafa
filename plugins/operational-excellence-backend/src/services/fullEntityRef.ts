import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * The whole entity reference that the body of a request names.
 *
 * @throws InputError where it is none
 */
export function fullEntityRef(given: string, property = 'entityRef'): string {
  try {
    const ref = parseEntityRef(given, { defaultNamespace: 'default' });
    return stringifyEntityRef(ref);
  } catch {
    throw new InputError(
      `Invalid body property ${property}: expected an entity reference, such as component:default/payments`,
    );
  }
}
