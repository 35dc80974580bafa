import { Knex } from 'knex';
import { isPostgres } from '../database';

/**
 * The present instant by the clock of the database, as an SQL expression: the
 * one clock that replicas share. Moves on within a transaction.
 */
export function nowSql(db: Knex): string {
  return isPostgres(db)
    ? '(extract(epoch from clock_timestamp()) * 1000)::bigint'
    : `cast(unixepoch('subsec') * 1000 as integer)`;
}
