import { InputError } from '@backstage/errors';
import {
  InitiativeFilter,
  InitiativeGoal,
  Instant,
  ServiceFilter,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { bound, sql, SqlPart, storableText } from '../database';
import { Unsettled } from '../status';
import { filterOf, goalOf, InitiativeRow } from './initiativeRows';
import { standingSql } from './standingSql';

/** Which services an initiative is for, and how they stand to its goal. */
export type InitiativeScope =
  | { kind: 'open'; filter: InitiativeFilter; goal: InitiativeGoal }
  /** They stand as they did when it was closed. */
  | { kind: 'closed'; sequence: number };

export function scopeOf(
  row: Pick<InitiativeRow, 'closed_at' | 'filter' | 'goal' | 'sequence'>,
): InitiativeScope {
  return row.closed_at === null
    ? { kind: 'open', filter: filterOf(row), goal: goalOf(row) }
    : { kind: 'closed', sequence: row.sequence };
}

/**
 * The initiative that a filter names; `undefined` where it names none.
 *
 * @throws InputError where there is no such initiative, or the filter asks who
 * reached none
 */
export async function readInitiativeScope(
  db: Knex,
  { initiative, reached }: Pick<ServiceFilter, 'initiative' | 'reached'>,
): Promise<InitiativeScope | undefined> {
  if (initiative === undefined) {
    if (reached === undefined) return undefined;
    throw new InputError(
      'Invalid query parameter reached: it needs the parameter initiative, which says what is to be reached',
    );
  }
  const row = await db<InitiativeRow>('initiatives')
    .where({ id: storableText(initiative) })
    .first('sequence', 'filter', 'goal', 'closed_at');
  if (row) return scopeOf(row);
  throw new InputError(
    `Invalid query parameter initiative: there is no initiative ${initiative}`,
  );
}

/**
 * The conditions that the service of status `st` stands to an initiative as it
 * is asked for. Of an open one, the filter is a condition of its own.
 */
export function standingConditions(
  db: Knex,
  scope: InitiativeScope,
  reached: ServiceFilter['reached'],
  options: { now: Instant; unsettled: Unsettled },
): SqlPart[] {
  if (scope.kind === 'open') {
    return reached === undefined
      ? []
      : [isReached(standingSql(db, scope.goal, options), reached)];
  }
  const asAsked =
    reached === undefined ? '' : sql`and ${isReached(sql`standing`, reached)}`;
  return [
    sql`st.service_id in (select service_id from initiative_results
      where initiative_sequence = ${bound(scope.sequence)} ${asAsked})`,
  ];
}

function isReached(
  standing: SqlPart,
  reached: NonNullable<ServiceFilter['reached']>,
): SqlPart {
  switch (reached) {
    case 'true':
      return sql`(${standing}) = 'reached'`;
    case 'false':
      return sql`(${standing}) <> 'reached'`;
    default:
      return sql`(${standing}) = '${reached}'`;
  }
}
