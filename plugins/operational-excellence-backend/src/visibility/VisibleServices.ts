import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { FilterPredicate } from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { unavailable } from './unavailable';

/** What an entity reference is made of. */
const REF_FIELDS = ['kind', 'metadata.name', 'metadata.namespace'];

const PAGE_SIZE = 1000;

interface VisibleServicesOptions {
  catalog: CatalogService;
  /** Which entities of the catalog are services. */
  filter: FilterPredicate;
  logger: LoggerService;
}

/** Asks the catalog, as the caller, which services they may read. */
export class VisibleServices {
  readonly #catalog: CatalogService;
  readonly #filter: FilterPredicate;

  readonly #logger: LoggerService;

  static create(options: VisibleServicesOptions) {
    return new VisibleServices(options);
  }

  private constructor({ catalog, filter, logger }: VisibleServicesOptions) {
    this.#catalog = catalog;
    this.#filter = filter;
    this.#logger = logger;
  }

  /** The references of all services that the caller may read. */
  async all(credentials: BackstageCredentials): Promise<ReadonlySet<string>> {
    return this.#ask(async () => {
      const entityRefs = new Set<string>();
      const pages = this.#catalog.streamEntities(
        {
          query: this.#filter,
          fields: REF_FIELDS,
          pageSize: PAGE_SIZE,
          totalItems: 'exclude',
        },
        { credentials },
      );
      for await (const page of pages) {
        for (const entity of page) entityRefs.add(refOf(entity));
      }
      return entityRefs;
    });
  }

  /** The reference of a service, if the caller may read it, else none. */
  async one(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    return this.#ask(async () => {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: [entityRef], fields: REF_FIELDS },
        { credentials },
      );
      return new Set(items.filter(item => item !== undefined).map(refOf));
    });
  }

  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw unavailable('catalog', error, this.#logger);
    }
  }
}

function refOf(entity: Entity) {
  return stringifyEntityRef(entity);
}
