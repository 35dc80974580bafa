import { AuthService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { FilterPredicate } from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Organisation } from './Organisation';

const PAGE_SIZE = 500;

/** Reads services and the organisation around them as the plugin itself. */
export class CatalogReader {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #filter: FilterPredicate;
  readonly #fields: string[];

  /**
   * @param options - `filter`: which entities are services; `fields`: what of
   * them is needed
   */
  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    filter: FilterPredicate;
    fields: string[];
  }) {
    return new CatalogReader(options);
  }

  private constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    filter: FilterPredicate;
    fields: string[];
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#filter = options.filter;
    this.#fields = options.fields;
  }

  async organisation(): Promise<Organisation> {
    const organisation = new Organisation();
    const pages = this.#catalog.streamEntities(
      {
        query: { kind: { $in: Organisation.kinds } },
        fields: Organisation.fields,
        pageSize: PAGE_SIZE,
        totalItems: 'exclude',
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) organisation.add(page);
    return organisation;
  }

  /** All services, each once within a page. */
  async *services(): AsyncIterable<Entity[]> {
    const pages = this.#catalog.streamEntities(
      {
        query: this.#filter,
        fields: this.#fields,
        pageSize: PAGE_SIZE,
        totalItems: 'exclude',
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      const byRef = new Map(page.map(e => [stringifyEntityRef(e), e]));
      yield [...byRef.values()];
    }
  }

  /** Those of some entities that exist, with what an organisation needs. */
  async named(entityRefs: string[]): Promise<Entity[]> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: Organisation.fields },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items.filter(item => item !== undefined);
  }
}
