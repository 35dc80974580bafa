import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { createServiceFactory } from '@backstage/backend-plugin-api';

/** Names the scope of the simulated tracker that holds a service's tickets. */
export const ANNOTATION_SCOPE = 'bench/scope';

const DEPARTMENTS = 10;
const SERVICES_PER_TEAM = 20;

/** An entity of the default namespace. */
export function entity(
  kind: string,
  name: string,
  rest: Partial<Entity>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', ...rest.metadata },
    spec: rest.spec,
    relations: rest.relations,
  };
}

/** Teams of some departments, and their services. */
export function* organisation(options: {
  services: number;
  /** Of the service of a number. */
  annotations: (service: number) => Record<string, string>;
}): Generator<Entity> {
  const teams = Math.ceil(options.services / SERVICES_PER_TEAM);
  yield entity('Group', 'company', { spec: { type: 'organization' } });
  for (let index = 0; index < DEPARTMENTS; index++) {
    yield entity('Group', `department-${index}`, {
      spec: { type: 'department', parent: 'company' },
      relations: [
        { type: RELATION_CHILD_OF, targetRef: 'group:default/company' },
      ],
    });
  }
  for (let index = 0; index < teams; index++) {
    const department = `department-${index % DEPARTMENTS}`;
    yield entity('Group', `team-${index}`, {
      spec: { type: 'team', parent: department },
      relations: [
        { type: RELATION_CHILD_OF, targetRef: `group:default/${department}` },
      ],
    });
  }
  for (let index = 0; index < options.services; index++) {
    const team = `team-${index % teams}`;
    yield entity('Component', `service-${index}`, {
      metadata: {
        name: `service-${index}`,
        title: `Service ${index}`,
        annotations: options.annotations(index),
        labels: { 'example.com/tier': String(1 + (index % 4)) },
      },
      spec: {
        type: 'service',
        lifecycle: index % 5 ? 'production' : 'experimental',
        owner: team,
      },
      relations: [
        { type: RELATION_OWNED_BY, targetRef: `group:default/${team}` },
      ],
    });
  }
}

/** The queries that it understands: those that the plugin asks by default. */
interface KindQuery {
  kind?: string | { $in: string[] };
}

function kindsOf(query: KindQuery | undefined): string[] {
  if (!query?.kind) throw new InputError('Expected a query for kinds');
  return typeof query.kind === 'string' ? [query.kind] : query.kind.$in;
}

/**
 * A catalog in memory in place of the real one, which would take many minutes to
 * take in as many entities. It serves what the plugin asks for in the background;
 * a request that is measured asks no catalog.
 *
 * @param entities - gone through at each reading: they may be made up then, so
 * that they take no memory
 */
export function simulatedCatalog(entities: Iterable<Entity>) {
  const catalog = {
    async *streamEntities(request?: { query?: KindQuery; pageSize?: number }) {
      const { pageSize = 500, query } = request ?? {};
      const kinds = kindsOf(query);
      let page: Entity[] = [];
      for (const item of entities) {
        if (!kinds.includes(item.kind)) continue;
        page.push(item);
        if (page.length === pageSize) {
          yield page;
          page = [];
        }
      }
      if (page.length > 0) yield page;
    },
    async getEntitiesByRefs({ entityRefs }: { entityRefs: string[] }) {
      const wanted = new Set(entityRefs);
      const found = new Map<string, Entity>();
      for (const item of entities) {
        const ref = stringifyEntityRef(item);
        if (wanted.has(ref)) found.set(ref, item);
      }
      return { items: entityRefs.map(ref => found.get(ref)) };
    },
  };
  const service = new Proxy(catalog, {
    get(target, name) {
      const method = Reflect.get(target, name);
      if (method || typeof name === 'symbol' || name === 'then') return method;
      return () => {
        throw new InputError(`The simulated catalog has no ${name}`);
      };
    },
  });
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => service as unknown as typeof catalogServiceRef.T,
  });
}
