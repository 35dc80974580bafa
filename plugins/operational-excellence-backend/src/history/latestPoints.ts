import { RollupDimension } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { bound, isPostgres, sql, SqlPart } from '../database';
import { Day } from './days';

/**
 * Joins each service with its point that stands on a day, if it has one: looked up
 * from the end of an index, however long the history is.
 *
 * @param service - the expression of its id
 */
export function standingPointJoin(
  db: Knex,
  service: string,
  options: { as: string; day: Day },
): SqlPart {
  const { as } = options;
  const day = bound(options.day);
  return isPostgres(db)
    ? sql`left join lateral (
        select * from service_points p
        where p.service_id = ${service} and p.day <= ${day}
        order by p.day desc limit 1) ${as} on true`
    : sql`left join service_points ${as} on ${as}.service_id = ${service}
        and ${as}.day = (
          select max(p.day) from service_points p
          where p.service_id = ${service} and p.day <= ${day})`;
}

/**
 * Names `keys`, the keys of all groups that have points, in front of a statement.
 * Each is found from the one before, for all points of all groups are many more.
 */
export function groupKeysTable(by: RollupDimension): SqlPart {
  const dimension = bound(by);
  return sql`recursive keys(key) as (
    select min(key) from group_points where dimension = ${dimension}
    union all
    select (
      select min(p.key) from group_points p
      where p.dimension = ${dimension} and p.key > keys.key)
    from keys where keys.key is not null)`;
}

/** Joins each of `keys` with its point that stands on a day, if it has one. */
export function standingGroupJoin(
  db: Knex,
  by: RollupDimension,
  options: { as: string; day: Day },
): SqlPart {
  const { as } = options;
  const dimension = bound(by);
  const day = bound(options.day);
  return isPostgres(db)
    ? sql`left join lateral (
        select * from group_points p
        where p.dimension = ${dimension} and p.key = keys.key and p.day <= ${day}
        order by p.day desc limit 1) ${as} on true`
    : sql`left join group_points ${as} on ${as}.dimension = ${dimension}
        and ${as}.key = keys.key and ${as}.day = (
          select max(p.day) from group_points p
          where p.dimension = ${dimension} and p.key = keys.key
            and p.day <= ${day})`;
}
