import { Knex } from 'knex';
import { isPostgres } from '../database';

/** Whether ticket `t` has all facets that the matcher `ss` asks for. */
function hasFacets(db: Knex) {
  const contains = isPostgres(db)
    ? 't.facets::jsonb @> ss.all_of::jsonb'
    : `not exists (
        select 1 from json_each(ss.all_of) as wanted
        where wanted.value not in (select value from json_each(t.facets)))`;
  return `(ss.all_of = '[]' or ${contains})`;
}

function ticketsWithMatchers(db: Knex, tickets = 'tickets') {
  return `${tickets} t join service_scopes ss
    on ss.scope_id = t.scope_id and ss.container = t.container
    and ${hasFacets(db)}`;
}

/**
 * Writes what matches of the tickets and matchers that a condition on `t` and
 * `ss` names.
 *
 * @remarks
 *
 * Who is about to remove a matcher waits for who matches by it here, and so finds
 * the match that this brings about. SQLite has one writer anyway.
 */
function insertMatchesSql(
  db: Knex,
  options: { tickets?: string; condition: string },
) {
  const lock = isPostgres(db) ? 'for key share of ss' : '';
  return `insert into ticket_matches (service_id, ticket_id, counts_until)
    select distinct service_id, ticket_id, counts_until from (
      select ss.service_id, t.id as ticket_id, t.counts_until
      from ${ticketsWithMatchers(db, options.tickets)}
      where ${options.condition} ${lock}
    ) matching
    where true`;
}

/**
 * Adds the matches that are missing, of those that the condition on `t` and `ss`
 * names. Answers the services that they belong to.
 */
export function addMatchesSql(db: Knex, condition: string) {
  return `${insertMatchesSql(db, { condition })}
    on conflict (ticket_id, service_id)
    do update set counts_until = excluded.counts_until
    where ticket_matches.counts_until <> excluded.counts_until
    returning service_id`;
}

/**
 * Adds the matches of tickets that the same statement inserted, which have none:
 * those of table `tickets` that the condition on `t` and `ss` names.
 */
export function matchInsertedSql(db: Knex, tickets: string, condition: string) {
  return `${insertMatchesSql(db, { tickets, condition })}
    returning service_id, ticket_id`;
}

/**
 * Removes the matches that no longer hold, of those that the condition on
 * `ticket_matches` names. Answers the services that they belonged to.
 *
 * @param matchers - a condition on `ss` that all matchers in question fulfil
 */
export function removeMatchesSql(
  db: Knex,
  condition: string,
  matchers: string,
) {
  return `delete from ticket_matches
    where ${condition} and not exists (
      select 1 from ${ticketsWithMatchers(db)}
      where t.id = ticket_matches.ticket_id
      and ss.service_id = ticket_matches.service_id and ${matchers})
    returning service_id`;
}
