import {
  serviceFacetSchema,
  type Service,
  type ServiceFacet,
  type ServiceFacets,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { FakeGroup, ownersOf } from './FakeRollups';

/** What the backend lists of each facet unless told otherwise. */
const LIMIT = 100;

interface Value {
  value: string;
  title: string;
}

/** The values of a facet that a service has. */
function valuesOf(
  facet: ServiceFacet,
  service: Service,
  groups: FakeGroup[],
): Value[] {
  if (facet === 'owner') {
    return ownersOf(service, groups).map(value => ({
      value,
      title:
        (value === service.ownerRef ? service.ownerTitle : undefined) ??
        groups.find(({ ref }) => ref === value)?.title ??
        value,
    }));
  }
  const value = {
    system: service.systemRef,
    domain: service.domainRef,
    tier: service.tier,
    type: service.type,
    lifecycle: service.lifecycle,
  }[facet];
  return value === null ? [] : [{ value, title: value }];
}

const texts = (given: OperationalExcellenceQuery[string]) =>
  [given ?? []].flat().map(String);

/** The query without what it says of a facet. */
function queryBut(
  query: OperationalExcellenceQuery,
  facet: ServiceFacet | 'state',
): OperationalExcellenceQuery {
  return {
    ...query,
    [facet]: undefined,
    without: texts(query.without).filter(each => each !== facet),
  };
}

const byTitle = (a: Value, b: Value) =>
  a.title.localeCompare(b.title, 'en-US', { numeric: true });

/**
 * What services can be filtered by, as the backend lists it: of many values,
 * those of the most services, and any that are named.
 */
export function facetsOf(
  query: OperationalExcellenceQuery,
  known: {
    groups: FakeGroup[];
    servicesFor: (query: OperationalExcellenceQuery) => Service[];
  },
): ServiceFacets {
  const { groups, servicesFor } = known;
  const limit = Number(query.limit ?? LIMIT);
  const find = String(query.find ?? '').toLowerCase();
  const asked = texts(query.facet);
  const measure = query.measure as 'backlog' | undefined;

  const states = new Map<Service['state'], number>();
  for (const service of servicesFor(queryBut(query, 'state'))) {
    const { state } = measure ? service[measure] : service;
    states.set(state, (states.get(state) ?? 0) + 1);
  }

  const more: ServiceFacet[] = [];
  const list = (facet: ServiceFacet) => {
    if (asked.length && !asked.includes(facet)) return [];
    const named = [...texts(query[facet]), ...texts(query.including)];
    const counted = new Map<string, Value & { count: number }>();
    for (const service of servicesFor(queryBut(query, facet))) {
      for (const each of valuesOf(facet, service, groups)) {
        const { count } = counted.get(each.value) ?? { count: 0 };
        counted.set(each.value, { ...each, count: count + 1 });
      }
    }
    const all = [...counted.values()];
    const found = all
      .filter(({ title, value }) =>
        `${title}\n${value}`.toLowerCase().includes(find),
      )
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    if (found.length > limit) more.push(facet);
    const listed = found.slice(0, limit);
    return [
      ...listed,
      ...all.filter(
        each => named.includes(each.value) && !listed.includes(each),
      ),
    ].sort(byTitle);
  };
  const facets = Object.fromEntries(
    serviceFacetSchema.options.map(facet => [facet, list(facet)]),
  ) as Pick<ServiceFacets, ServiceFacet>;
  return {
    ...facets,
    state: [...states].map(([state, count]) => ({ state, count })),
    more,
  };
}
