import {
  Instant,
  MEASURE_STATES,
  ServiceFilter,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { bound, sql, SqlPart, storableText, textSet } from '../database';
import { measureRankSql, serviceRankSql } from '../status';
import { Visibility } from '../visibility/Visibility';

/**
 * The conditions that a filter puts on service `s`, and for states on its status
 * `st` with what `stateJoinsSql` joins.
 */
export function filterConditions(
  db: Knex,
  filter: ServiceFilter,
  options: { now: Instant },
): SqlPart[] {
  const conditions: SqlPart[] = [];
  if (filter.owner) {
    const owned = oneOf(db, 'owner_ref', filter.owner.map(lowerCase));
    conditions.push(
      sql`s.id in (select service_id from service_owners where ${owned})`,
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

/** The condition that service `s` is in the catalog and visible to the caller. */
export function visibleConditions(db: Knex, visibility: Visibility): SqlPart[] {
  const inCatalog = sql`s.removed_at is null`;
  return visibility.kind === 'all'
    ? [inCatalog]
    : [inCatalog, visibleRefs(db, visibility.entityRefs)];
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
