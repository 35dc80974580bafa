import { MEASURE_STATES } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { isPostgres } from '../../database';

/** What a spreadsheet takes for the beginning of a formula: = + - @ and blanks. */
const FORMULA_BEGINS = [61, 43, 45, 64, 9, 10, 13];

/** Expressions of fields of CSV; empty where there is no value. */
export interface CsvFields {
  /**
   * Text from anywhere, quoted. What a spreadsheet would run as a formula gets an
   * apostrophe in front, so that it is text there as well.
   */
  text(expression: string): string;
  /** Text of ours that needs no quotes, or a number. */
  plain(expression: string): string;
  /** ISO 8601 in UTC, as everywhere in the API. */
  instant(expression: string): string;
  /** The name of a state, of its rank. */
  state(rank: string): string;
}

/**
 * Fields that the database writes itself: to hand over each value and to write it
 * here takes several times as long as to read it.
 */
export function csvFields(db: Knex): CsvFields {
  const codeOf = isPostgres(db) ? 'ascii' : 'unicode';
  return {
    text: expression => `coalesce('"' ||
      case when ${codeOf}(${expression}) in (${FORMULA_BEGINS.join(', ')})
        then '''' else '' end
      || replace(${expression}, '"', '""') || '"', '')`,
    plain: expression => `coalesce(cast(${expression} as text), '')`,
    instant: isPostgres(db) ? postgresInstant : sqliteInstant,
    state: rank =>
      `case ${rank} ${MEASURE_STATES.map(
        (state, index) => `when ${index} then '${state}'`,
      ).join(' ')} end`,
  };
}

/**
 * Faster than `to_char`; JSON has one format whatever is set. The microsecond is
 * cut off again: without it, a fraction of zeros would be left out.
 */
function postgresInstant(expression: string) {
  return `coalesce(left(to_json(timestamp 'epoch'
      + ${expression} * interval '1 millisecond'
      + interval '1 microsecond')::text, 24) || 'Z"', '')`;
}

function sqliteInstant(expression: string) {
  return `coalesce('"' || strftime('%Y-%m-%dT%H:%M:%fZ',
    ${expression} / 1000.0, 'unixepoch') || '"', '')`;
}
