import { Knex } from 'knex';
import { isPostgres } from '../database';
import { isHintTokenSql } from './hintToken';

/**
 * The present instant by the clock of the database, as an SQL expression: the
 * one clock that replicas share. Moves on within a transaction.
 */
export function nowSql(db: Knex): string {
  return isPostgres(db)
    ? '(extract(epoch from clock_timestamp()) * 1000)::bigint'
    : `cast(unixepoch('subsec') * 1000 as integer)`;
}

/**
 * When a scope is to run that is asked to run now. One that is being read runs
 * once more: its run may have passed by what it is to see.
 *
 * @param within - how long it may wait, milliseconds
 */
export function soonerSql(db: Knex, within: number = 0): string {
  const now = nowSql(db);
  const at = `${now} + ${Math.round(within)}`;
  const isRunning = `claimed_until > ${now} and not ${isHintTokenSql()}`;
  return `case
    when ${isRunning} and next_run_at < ${now} then ${at}
    when ${isRunning} then next_run_at + 1
    when next_run_at > ${at} then ${at}
    else next_run_at end`;
}
