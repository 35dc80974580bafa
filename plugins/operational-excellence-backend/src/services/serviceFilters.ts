import {
  Instant,
  MEASURE_STATES,
  ServiceFilter,
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
import { measureRankSql, serviceRankSql } from '../status';
import { Visibility } from '../visibility/Visibility';

/**
 * The conditions that a filter puts on status `st` and its service `s`. Those on
 * states need `staleGroupsSql`.
 */
export function filterConditions(
  db: Knex,
  filter: ServiceFilter,
  options: { now: Instant },
): SqlPart[] {
  const conditions: SqlPart[] = [];
  if (filter.owner) {
    const owned = oneOf(db, 'owner_ref', filter.owner.map(lowerCase));
    // As an array, of which the planner expects few: an owner has a small part
    // of all services, and these are found by their ids.
    const ids = sql`select service_id from service_owners where ${owned}`;
    conditions.push(
      isPostgres(db)
        ? sql`st.service_id = any(array(${ids}))`
        : sql`st.service_id in (${ids})`,
    );
  }
  if (filter.system) {
    const refs = filter.system.map(lowerCase);
    conditions.push(oneOf(db, 's.system_ref', refs));
  }
  if (filter.domain) {
    const refs = filter.domain.map(lowerCase);
    conditions.push(oneOf(db, 's.domain_ref', refs));
  }
  if (filter.tier) conditions.push(oneOf(db, 's.tier', filter.tier));
  if (filter.type) conditions.push(oneOf(db, 's.type', filter.type));
  if (filter.lifecycle) {
    conditions.push(oneOf(db, 's.lifecycle', filter.lifecycle));
  }
  if (filter.q) conditions.push(textCondition(filter.q));
  if (filter.state) conditions.push(stateCondition(db, filter, options));
  return conditions;
}

/** Whether a filter puts conditions on service `s`. */
export function asksForService(filter: ServiceFilter): boolean {
  const { domain, lifecycle, q, system, tier, type } = filter;
  return Boolean(domain || lifecycle || q || system || tier || type);
}

/** The conditions that the caller may see service `s`. */
export function visibleConditions(db: Knex, visibility: Visibility): SqlPart[] {
  return visibility.kind === 'all'
    ? []
    : [visibleRefs(db, visibility.entityRefs)];
}

/** The conditions that service `s` is in the catalog, and visible. */
export function listedConditions(db: Knex, visibility: Visibility): SqlPart[] {
  return [sql`s.removed_at is null`, ...visibleConditions(db, visibility)];
}

/** The condition that service `s` is one of those that are named. */
export function entityRefCondition(
  db: Knex,
  entityRefs: readonly string[],
): SqlPart {
  return oneOf(db, 's.entity_ref', entityRefs.map(lowerCase));
}

/** Of a set that many requests share, because it is kept for a while. */
const visibleRefsCache = new WeakMap<ReadonlySet<string>, SqlPart>();

function visibleRefs(db: Knex, entityRefs: ReadonlySet<string>): SqlPart {
  let condition = visibleRefsCache.get(entityRefs);
  if (!condition) {
    const set = textSet(db, entityRefs);
    const includes = set.includes('s.entity_ref');
    condition = { sql: includes, bindings: [set.binding] };
    visibleRefsCache.set(entityRefs, condition);
  }
  return condition;
}

function oneOf(db: Knex, column: string, values: readonly string[]): SqlPart {
  const set = textSet(
    db,
    values.map(value => storableText(value)),
  );
  return { sql: set.includes(column), bindings: [set.binding] };
}

function lowerCase(text: string) {
  return text.toLocaleLowerCase('en-US');
}

/** That title or reference contain a text, taken literally. */
function textCondition(text: string): SqlPart {
  const literal = lowerCase(storableText(text)).replace(/[!%_]/g, '!$&');
  return sql`s.search_text like ${bound(`%${literal}%`)} escape '!'`;
}

function stateCondition(
  db: Knex,
  { measure, state = [] }: ServiceFilter,
  options: { now: Instant },
): SqlPart {
  const rank = filteredRankSql(db, { measure }, options);
  const ranks = state.map(each => MEASURE_STATES.indexOf(each));
  return sql`${rank} in (${ranks.join(', ') || 'null'})`;
}

/** The rank of the states that a filter speaks of. */
export function filteredRankSql(
  db: Knex,
  { measure }: Pick<ServiceFilter, 'measure'>,
  options: { now: Instant },
): SqlPart {
  return measure
    ? measureRankSql(measure, options)
    : serviceRankSql(db, options);
}
