import {
  GameDayKind,
  Instant,
  Measure,
  ReadinessVerdict,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  idSet,
  instantOf,
  queryRows,
  StoredBoolean,
  StoredInstant,
  ValueSet,
} from '../database';
import { readCountedTickets } from './readCountedTickets';
import { readLastClosings } from './readLastClosings';
import { readListedServices } from './readListedServices';
import { emptyFacts, ServiceFacts } from './serviceFacts';
import { ListedService } from './statusRows';

/** What the status of some services follows from; removed ones are left out. */
export async function readFacts(
  db: Knex,
  serviceIds: readonly number[],
  options: { now: Instant },
): Promise<ServiceFacts[]> {
  const set = idSet(db, serviceIds);
  const services = await readListedServices(db, set);
  const facts = new Map(
    services.map(service => [service.service_id, emptyFacts(service)]),
  );
  await readTickets(db, facts, options);
  for (const read of [
    readTicketScopes,
    readGameDays,
    readReadinessTests,
    readWaivers,
    readProblems,
  ]) {
    await read(db, set, facts);
  }
  return [...facts.values()];
}

/** What of that the backlogs follow from, beside waivers. */
export async function readBacklogFacts(
  db: Knex,
  services: readonly ListedService[],
  options: { now: Instant },
): Promise<ServiceFacts[]> {
  const facts = new Map(
    services.map(service => [service.service_id, emptyFacts(service)]),
  );
  const set = idSet(db, facts.keys());
  await readTickets(db, facts, options);
  await readTicketScopes(db, set, facts);
  await readProblems(db, set, facts);
  return [...facts.values()];
}

/** What of that depends on the policy, beside backlogs and waivers. */
export async function readPolicyFacts(
  db: Knex,
  services: readonly ListedService[],
): Promise<ServiceFacts[]> {
  const facts = new Map(
    services.map(service => [service.service_id, emptyFacts(service)]),
  );
  const set = idSet(db, facts.keys());
  for (const read of [readGameDays, readReadinessTests, readProblems]) {
    await read(db, set, facts);
  }
  return [...facts.values()];
}

type FactsById = ReadonlyMap<number, ServiceFacts>;

async function readTickets(
  db: Knex,
  facts: FactsById,
  options: { now: Instant },
) {
  const counted = await readCountedTickets(db, [...facts.keys()], options);
  for (const [serviceId, tickets] of counted) {
    facts.get(serviceId)?.tickets.push(...tickets);
  }
  const hasClosed = ({ tickets }: ServiceFacts) =>
    tickets.some(
      ({ closedAt, improvement }) =>
        improvement && closedAt !== null && closedAt <= options.now,
    );
  const withoutClosing = [...facts.values()]
    .filter(each => !hasClosed(each))
    .map(({ service }) => service.service_id);
  const closings = await readLastClosings(db, withoutClosing, options);
  for (const [serviceId, ticket] of closings) {
    facts.get(serviceId)?.tickets.push(ticket);
  }
}

async function readTicketScopes(db: Knex, set: ValueSet, facts: FactsById) {
  // Whether an implicit scope has a match is looked up from its tickets: of a
  // service that has none there, these are none at all.
  const rows = await queryRows<{
    service_id: number;
    scope_id: number;
    implicit: StoredBoolean;
    matched: StoredBoolean;
    container: string;
    covered: StoredBoolean;
    missing_message: string | null;
    missing_suggestion: string | null;
  }>(
    db,
    `select ss.service_id, ss.scope_id, ss.implicit, ss.container,
       sc.covered_at is not null as covered, sc.missing_message,
       sc.missing_suggestion, (ss.implicit and exists (
       select 1 from tickets t
       join ticket_matches m
         on m.ticket_id = t.id and m.service_id = ss.service_id
       where t.scope_id = ss.scope_id and t.container = ss.container
     )) as matched
     from service_scopes ss
     left join scope_containers sc
       on sc.scope_id = ss.scope_id and sc.container = ss.container
     where ${set.includes('ss.service_id')}
     order by ss.service_id, ss.scope_id, ss.container`,
    [set.binding],
  );
  for (const row of rows) {
    const { missing_message: message, missing_suggestion: suggestion } = row;
    facts.get(row.service_id)?.ticketScopes.push({
      scopeId: row.scope_id,
      implicit: Boolean(row.implicit),
      matched: Boolean(row.matched),
      container: row.container,
      covered: Boolean(row.covered),
      missing: message === null ? null : { message, suggestion },
    });
  }
}

async function readGameDays(db: Knex, set: ValueSet, facts: FactsById) {
  // Exercises by kind, for a policy need not count all kinds. Which of them were
  // held, `exerciseHeldAt` of common says.
  const rows = await queryRows<{
    service_id: number;
    kind: GameDayKind;
    id: string;
    title: string;
    outcome: string;
    held_at: StoredInstant;
    scope_id: number | null;
  }>(
    db,
    `select ranked.service_id, 'experiment' as kind, ranked.external_id as id,
       ranked.title, ranked.state as outcome, ranked.started_at as held_at,
       case when s.active then s.id end as scope_id
     from (
       select m.service_id, e.external_id, e.title, e.state, e.started_at,
         e.scope_id, rank() over (
           partition by m.service_id order by e.started_at desc) as place
       from experiment_matches m join experiments e on e.id = m.experiment_id
       where ${set.includes('m.service_id')} and e.counts_as_game_day
     ) ranked
     join scopes s on s.id = ranked.scope_id
     where ranked.place = 1
     union all
     select service_id, kind, id, title, outcome, started_at, null
     from (
       select es.service_id, x.kind, x.id, x.title, x.outcome, x.started_at,
         rank() over (
           partition by es.service_id, x.kind order by x.started_at desc
         ) as place
       from exercise_services es join exercises x on x.id = es.exercise_id
       where ${set.includes('es.service_id')}
         and x.state = 'held' and x.started_at is not null
     ) held
     where place = 1`,
    [set.binding, set.binding],
  );
  for (const row of rows) {
    facts.get(row.service_id)?.gameDays.push({
      kind: row.kind,
      id: row.id,
      title: row.title,
      outcome: row.outcome,
      heldAt: instantOf(row.held_at),
      scopeId: row.scope_id,
    });
  }
}

async function readReadinessTests(db: Knex, set: ValueSet, facts: FactsById) {
  const rows = await queryRows<{
    service_id: number;
    id: string;
    template: string;
    performed_at: StoredInstant;
    verdict: ReadinessVerdict;
    valid_until: StoredInstant | null;
  }>(
    db,
    `select * from (
       select service_id, id, template, performed_at, verdict, valid_until,
         rank() over (
           partition by service_id, template order by performed_at desc
         ) as place
       from readiness_tests where ${set.includes('service_id')}
     ) ranked where place = 1`,
    [set.binding],
  );
  for (const row of rows) {
    facts.get(row.service_id)?.readinessTests.push({
      id: row.id,
      template: row.template,
      performedAt: instantOf(row.performed_at),
      verdict: row.verdict,
      validUntil: instantOf(row.valid_until),
    });
  }
}

async function readWaivers(db: Knex, set: ValueSet, facts: FactsById) {
  const rows = await queryRows<{
    service_id: number;
    measure: Measure;
    until: StoredInstant;
  }>(
    db,
    `select service_id, measure, max(until) as until from waivers
     where ${set.includes('service_id')} and revoked_at is null
     group by service_id, measure`,
    [set.binding],
  );
  for (const { service_id, measure, until } of rows) {
    const waivers = facts.get(service_id)?.waivers;
    if (waivers) waivers[measure] = instantOf(until);
  }
}

async function readProblems(db: Knex, set: ValueSet, facts: FactsById) {
  const rows = await queryRows<{
    service_id: number;
    source_id: string;
    measure: Measure;
    message: string;
  }>(
    db,
    `select service_id, source_id, measure, message from service_problems
     where ${set.includes('service_id')} order by source_id`,
    [set.binding],
  );
  for (const { service_id, source_id, measure, message } of rows) {
    const problem = { sourceId: source_id, measure, message };
    facts.get(service_id)?.problems.push(problem);
  }
}
