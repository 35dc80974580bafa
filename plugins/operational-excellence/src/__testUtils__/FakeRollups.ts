import {
  ATTENTION_STATES,
  MEASURES,
  type MeasureState,
  type Rollup,
  type RollupDimension,
  type Service,
  type StateCounts,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';

/** A group of the fake catalog. */
export interface FakeGroup {
  ref: string;
  title: string;
  /** The group right above. */
  parent?: string;
}

/** Who owns a service: its owner, and all groups above. */
export function ownersOf(service: Service, groups: FakeGroup[]): string[] {
  const owners: string[] = [];
  let next = service.ownerRef ?? undefined;
  while (next !== undefined && !owners.includes(next)) {
    const owner = next;
    owners.push(owner);
    next = groups.find(({ ref }) => ref === owner)?.parent;
  }
  return owners;
}

function counts(states: MeasureState[]): StateCounts {
  const counted: StateCounts = {};
  for (const state of states) counted[state] = (counted[state] ?? 0) + 1;
  return counted;
}

/** How many services of a group need attention. */
function attention(states: StateCounts): number {
  return ATTENTION_STATES.reduce((sum, state) => sum + (states[state] ?? 0), 0);
}

/** What is summed up of services. */
function figures(
  services: Service[],
): Omit<Rollup, 'key' | 'title' | 'parentKey' | 'children'> {
  const sum = (of: (service: Service) => number) =>
    services.reduce((total, service) => total + of(service), 0);
  const closed90d = sum(({ backlog }) => backlog.closed90d);
  const allClosed90d = sum(({ backlog }) =>
    Math.round(backlog.closed90d / (backlog.improvementShare90d || 1)),
  );
  return {
    services: services.length,
    states: {
      service: counts(services.map(({ state }) => state)),
      backlog: counts(services.map(({ backlog }) => backlog.state)),
      gameDay: counts(services.map(({ gameDay }) => gameDay.state)),
      readinessTest: counts(
        services.map(({ readinessTest }) => readinessTest.state),
      ),
    },
    openCount: sum(({ backlog }) => backlog.openCount),
    starved: sum(({ backlog }) => Number(backlog.starvedSince !== null)),
    closed90d,
    allClosed90d,
    improvementShare90d: allClosed90d ? closed90d / allClosed90d : null,
  };
}

const sortValues: Record<string, (rollup: Rollup) => number | string | null> = {
  attention: ({ states }) => attention(states.service),
  attentionShare: ({ services, states }) =>
    attention(states.service) / services,
  ...Object.fromEntries(
    MEASURES.map(measure => [
      measure,
      ({ states }: Rollup) => attention(states[measure]),
    ]),
  ),
  services: ({ services }) => services,
  openCount: ({ openCount }) => openCount,
  starved: ({ starved }) => starved,
  improvementShare: ({ improvementShare90d }) => improvementShare90d,
  title: ({ title }) => title?.toLowerCase() ?? null,
};

/** The order in which the backend would list groups; no value comes last. */
function compareRollups(sort: string) {
  const sign = sort.startsWith('-') ? -1 : 1;
  const valueOf = sortValues[sort.replace('-', '')];
  if (!valueOf) throw new Error(`The fake cannot sort groups by ${sort}`);
  return (a: Rollup, b: Rollup) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === right) return `${a.key}` < `${b.key}` ? -1 : 1;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -sign : sign;
  };
}

/** Groups services as the backend would. */
export function rollupsOf(
  services: Service[],
  groups: FakeGroup[],
  query: OperationalExcellenceQuery,
): Rollup[] {
  const by = query.by as RollupDimension;
  if (by === 'all') {
    const none = { key: null, title: null, parentKey: null, children: 0 };
    return [{ ...none, ...figures(services) }];
  }
  const keysOf = (service: Service): (string | null)[] => {
    switch (by) {
      case 'owner': {
        const owners = ownersOf(service, groups);
        return owners.length ? owners : [null];
      }
      case 'system':
        return [service.systemRef];
      case 'domain':
        return [service.domainRef];
      default:
        return [service[by]];
    }
  };
  const members = new Map<string | null, Service[]>();
  for (const service of services) {
    for (const key of keysOf(service)) {
      members.set(key, [...(members.get(key) ?? []), service]);
    }
  }
  const parentOf = (key: string | null) =>
    (by === 'owner' && groups.find(({ ref }) => ref === key)?.parent) || null;
  const titleOf = (key: string | null, [service]: Service[]) =>
    groups.find(({ ref }) => ref === key)?.title ??
    (by === 'owner' && key === service.ownerRef ? service.ownerTitle : key);
  const all = [...members].map(([key, own]) => ({
    key,
    title: titleOf(key, own),
    parentKey: parentOf(key),
    children: [...members.keys()].filter(
      each => key !== null && parentOf(each) === key,
    ).length,
    ...figures(own),
  }));
  const keys = [query.key ?? []].flat();
  const parent = query.parent === 'root' ? null : query.parent;
  return all
    .filter(
      rollup =>
        (!keys.length || keys.includes(rollup.key ?? '')) &&
        (parent === undefined || rollup.parentKey === parent),
    )
    .sort(compareRollups(String(query.sort ?? '-attention')));
}
