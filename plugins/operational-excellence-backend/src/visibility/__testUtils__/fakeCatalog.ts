import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CatalogService,
  CatalogServiceRequestOptions,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { callerOf } from './FakePolicy';

/** A component as the catalog holds it. */
export function component(name: string, rest?: Partial<Entity>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    ...rest,
  };
}

export interface FakeCatalog {
  catalog: CatalogService;
  /** Who streamed or looked up entities. */
  requests: { caller: string; operation: 'stream' | 'byRefs' }[];
}

/**
 * A catalog that shows each caller what they may read there.
 *
 * @param readableBy - the references that a caller may read
 */
export function fakeCatalog(options: {
  entities: Entity[];
  readableBy: (caller: string) => readonly string[];
}): FakeCatalog {
  const { readableBy } = options;
  const requests: FakeCatalog['requests'] = [];

  function asSeenBy({ credentials }: CatalogServiceRequestOptions) {
    const readable = readableBy(callerOf(credentials));
    return catalogServiceMock({
      entities: options.entities.filter(entity =>
        readable.includes(stringifyEntityRef(entity)),
      ),
    });
  }

  const catalog = catalogServiceMock.mock({
    async *streamEntities(request, given) {
      const callOptions = given as CatalogServiceRequestOptions;
      requests.push({
        caller: callerOf(callOptions.credentials),
        operation: 'stream',
      });
      yield* asSeenBy(callOptions).streamEntities(request, callOptions);
    },
    async getEntitiesByRefs(request, given) {
      const callOptions = given as CatalogServiceRequestOptions;
      requests.push({
        caller: callerOf(callOptions.credentials),
        operation: 'byRefs',
      });
      return asSeenBy(callOptions).getEntitiesByRefs(request, callOptions);
    },
  });
  return { catalog, requests };
}
