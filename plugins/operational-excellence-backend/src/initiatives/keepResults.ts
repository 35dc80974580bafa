import {
  INITIATIVE_STANDINGS,
  InitiativeProgress,
  InitiativeStanding,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { allOf, bound, queryRows, sql } from '../database';
import { filterConditions } from '../services/serviceFilters';
import { staleGroupsSql } from '../status';
import { filterOf, goalOf, InitiativeRow } from './initiativeRows';
import { standingSql } from './standingSql';

/**
 * Keeps how each service stands to an initiative that is about to be closed: its
 * owners may change and its state will, but the result stays.
 *
 * @returns the progress of all services
 */
export async function keepResults(
  tx: Knex.Transaction,
  initiative: InitiativeRow,
  { now }: { now: Instant },
): Promise<InitiativeProgress> {
  const exact = { now, unsettled: 'many' } as const;
  const sequence = bound(initiative.sequence);
  const keep = sql`with ${staleGroupsSql({ now })}
    insert into initiative_results
      (initiative_sequence, service_id, standing)
    select cast(${sequence} as integer), st.service_id,
      ${standingSql(tx, goalOf(initiative), exact)}
    from service_status st
    where ${allOf(filterConditions(tx, filterOf(initiative), exact))}`;
  await tx.raw(keep.sql, keep.bindings);
  const rows = await queryRows<StandingCount>(
    tx,
    `select standing, count(*) as count from initiative_results
     where initiative_sequence = ? group by standing`,
    [initiative.sequence],
  );
  return progressOf(rows);
}

export interface StandingCount {
  standing: InitiativeStanding;
  count: number | string;
}

/** How many services stand how, as one answer. */
export function progressOf(rows: readonly StandingCount[]): InitiativeProgress {
  const counts = new Map(rows.map(row => [row.standing, Number(row.count)]));
  const of = (standing: InitiativeStanding) => counts.get(standing) ?? 0;
  return {
    services: INITIATIVE_STANDINGS.reduce((sum, each) => sum + of(each), 0),
    reached: of('reached'),
    waived: of('waived'),
    unknown: of('unknown'),
  };
}
