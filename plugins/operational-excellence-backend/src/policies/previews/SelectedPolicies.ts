import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Policy,
  selectPolicy,
} from 'backstage-plugin-operational-excellence-common';
import { policyFields } from '../../directory/entityFields';

/** Thrown where the catalog could not be asked. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';

  constructor(cause: unknown) {
    super('The catalog could not be read', { cause });
  }
}

/** Selects policies for services by their entities in the catalog. */
export class SelectedPolicies {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  static create(options: { auth: AuthService; catalog: CatalogService }) {
    return new SelectedPolicies(options);
  }

  private constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /**
   * The policy of each of some services, in their order: `null` for one that none
   * matches, `undefined` for one that the catalog no longer has.
   *
   * @throws CatalogError
   */
  async of(
    entityRefs: readonly string[],
    policies: readonly Policy[],
  ): Promise<(Policy | null | undefined)[]> {
    const fields = policyFields(policies);
    if (fields.length === 0) {
      // None looks at the entity, so any would do.
      return entityRefs.map(() => selectPolicy(policies, {}) ?? null);
    }
    const entities = await this.#read(entityRefs, fields);
    return entities.map(
      entity => entity && (selectPolicy(policies, entity) ?? null),
    );
  }

  async #read(entityRefs: readonly string[], fields: string[]) {
    try {
      const { items } = await this.#catalog.getEntitiesByRefs(
        // The kind is there to tell an entity without the others from none.
        { entityRefs: [...entityRefs], fields: ['kind', ...fields] },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      return items;
    } catch (error) {
      throw new CatalogError(error);
    }
  }
}
