import {
  Measure,
  MEASURE_STATES,
  Service,
} from 'backstage-plugin-operational-excellence-common';
import { OperationalExcellenceQuery } from '../api';

/** Whether the backend would list a service. */
export function matchesService(
  service: Service,
  /** Who owns it, nested groups included. */
  owners: string[],
  query: OperationalExcellenceQuery,
): boolean {
  const among = (
    wanted: OperationalExcellenceQuery[string],
    value: string | null,
  ) =>
    wanted === undefined ||
    [wanted].flat().length === 0 ||
    (value !== null && [wanted].flat().map(String).includes(value));
  const measure = query.measure as Measure | undefined;
  const text = String(query.q ?? '').toLowerCase();
  return (
    among(query.state, measure ? service[measure].state : service.state) &&
    among(query.entityRef, service.entityRef) &&
    (!owners.length
      ? among(query.owner, null)
      : owners.some(owner => among(query.owner, owner))) &&
    [query.without ?? []].flat().every(name => lacks(service, String(name))) &&
    among(query.system, service.systemRef) &&
    among(query.domain, service.domainRef) &&
    among(query.tier, service.tier) &&
    among(query.type, service.type) &&
    among(query.lifecycle, service.lifecycle) &&
    (query.starved !== 'true' || service.backlog.starvedSince !== null) &&
    `${service.title}\n${service.entityRef}`.toLowerCase().includes(text)
  );
}

/** Whether a service has none of what is named. */
function lacks(service: Service, name: string): boolean {
  const values: Record<string, string | null> = {
    owner: service.ownerRef,
    system: service.systemRef,
    domain: service.domainRef,
    tier: service.tier,
    type: service.type,
    lifecycle: service.lifecycle,
  };
  return values[name] === null;
}

const age = (instant: string | null) =>
  instant === null ? null : Date.now() - Date.parse(instant);

const sortValues: Record<string, (service: Service) => number | string | null> =
  {
    state: service => MEASURE_STATES.indexOf(service.state),
    title: service => service.title.toLowerCase(),
    owner: service => service.ownerTitle,
    tier: service => service.tier,
    backlogAge: service => age(service.backlog.oldestCreatedAt),
    backlogMedianAge: service => age(service.backlog.medianCreatedAt),
    backlogOpenCount: service => service.backlog.openCount,
    gameDay: service => age(service.gameDay.lastHeldAt),
    gameDayDue: service => service.gameDay.dueAt,
    readinessTest: service => age(service.readinessTest.lastPerformedAt),
    readinessTestDue: service => service.readinessTest.dueAt,
  };

/** The order in which the backend would list services; no value comes last. */
export function compareServices(sort: string) {
  const descending = sort.startsWith('-');
  const valueOf = sortValues[sort.replace('-', '')];
  if (!valueOf) throw new Error(`The fake cannot sort services by ${sort}`);
  return (a: Service, b: Service) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === right) return a.entityRef < b.entityRef ? -1 : 1;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right === descending ? 1 : -1;
  };
}
