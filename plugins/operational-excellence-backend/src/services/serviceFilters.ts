import {
  Instant,
  MEASURE_STATES,
  ServiceFilter,
  starvedUnlessClosedAfter,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  bound,
  isPostgres,
  sql,
  SqlPart,
  storableText,
  textSet,
} from '../database';
import {
  InitiativeScope,
  standingConditions,
} from '../initiatives/initiativeScope';
import { rankSql, Unsettled } from '../status';

export interface FilterOptions {
  now: Instant;
  unsettled: Unsettled;
  /** What the filter names, as `readInitiativeScope` read it. */
  initiative?: InitiativeScope;
}

/** The conditions that status `st` has none of something. */
const WITHOUT: Record<NonNullable<ServiceFilter['without']>[number], string> = {
  owner: `not exists (
    select 1 from owned_services o where o.service_id = st.service_id)`,
  system: 'st.system_ref is null',
  domain: 'st.domain_ref is null',
  tier: 'st.tier is null',
  type: 'st.type is null',
  lifecycle: 'st.lifecycle is null',
};

/** The conditions that a filter puts on status `st`. */
export function filterConditions(
  db: Knex,
  filter: ServiceFilter,
  options: FilterOptions,
): SqlPart[] {
  const conditions: SqlPart[] = [];
  if (filter.entityRef) {
    conditions.push(entityRefCondition(db, filter.entityRef));
  }
  if (filter.owner) conditions.push(ownerCondition(db, filter.owner));
  if (filter.system) {
    conditions.push(oneOf(db, 'st.system_ref', filter.system.map(lowerCase)));
  }
  if (filter.domain) {
    conditions.push(oneOf(db, 'st.domain_ref', filter.domain.map(lowerCase)));
  }
  if (filter.tier) conditions.push(oneOf(db, 'st.tier', filter.tier));
  if (filter.type) conditions.push(oneOf(db, 'st.type', filter.type));
  if (filter.lifecycle) {
    conditions.push(oneOf(db, 'st.lifecycle', filter.lifecycle));
  }
  for (const what of filter.without ?? []) {
    conditions.push(sql`${WITHOUT[what]}`);
  }
  if (filter.starved) {
    const starved = starvedCondition(options.now);
    conditions.push(
      filter.starved === 'true' ? starved : sql`not (${starved})`,
    );
  }
  if (filter.q) conditions.push(containsText('st.search_text', filter.q));
  if (filter.state) {
    const rank = rankSql(db, filter.measure ?? 'service', options);
    conditions.push(sql`${rank} in (${ranksOf(filter.state)})`);
  }
  if (filter.initiative) {
    conditions.push(...initiativeConditions(db, filter, options));
  }
  return conditions;
}

function initiativeConditions(
  db: Knex,
  { reached }: ServiceFilter,
  { initiative, ...options }: FilterOptions,
): SqlPart[] {
  // Without its conditions, the list would be one of all services.
  if (!initiative) throw new Error('The initiative of a filter was not read');
  return [
    ...(initiative.kind === 'open'
      ? filterConditions(db, initiative.filter, options)
      : []),
    ...standingConditions(db, initiative, reached, options),
  ];
}

/** The ranks of some states, as a list in SQL. */
export function ranksOf(states: NonNullable<ServiceFilter['state']>): string {
  const ranks = states.map(state => MEASURE_STATES.indexOf(state));
  return ranks.join(', ') || 'null';
}

/** The condition that the service of status `st` is one of those named. */
export function entityRefCondition(
  db: Knex,
  entityRefs: readonly string[],
): SqlPart {
  return oneOf(db, 'st.entity_ref', entityRefs.map(lowerCase));
}

export function lowerCase(text: string) {
  return text.toLocaleLowerCase('en-US');
}

function oneOf(db: Knex, column: string, values: readonly string[]): SqlPart {
  const set = textSet(
    db,
    values.map(value => storableText(value)),
  );
  return { sql: set.includes(column), bindings: [set.binding] };
}

/** The condition that somebody owns the service of status `st`. */
export function ownerCondition(db: Knex, owners: readonly string[]): SqlPart {
  const owned = oneOf(db, 'owner_ref', owners.map(lowerCase));
  const ids = sql`select service_id from owned_services where ${owned}`;
  // As an array, of which the planner expects few: an owner has a small part of
  // all services, and these are found by their ids.
  return isPostgres(db)
    ? sql`st.service_id = any(array(${ids}))`
    : sql`st.service_id in (${ids})`;
}

/** The condition that `starvedSince` of common knows since when. */
export function starvedCondition(now: Instant): SqlPart {
  return sql`st.backlog_oldest_created_at is not null and (
    st.backlog_last_closed_at is null
    or st.backlog_last_closed_at <= ${bound(starvedUnlessClosedAfter(now))})`;
}

/**
 * The condition that an expression contains a text, taken literally.
 *
 * @param expression - of lower case
 */
export function containsText(expression: string, text: string): SqlPart {
  const literal = lowerCase(storableText(text)).replace(/[!%_]/g, '!$&');
  return sql`${expression} like ${bound(`%${literal}%`)} escape '!'`;
}
