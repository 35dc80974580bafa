import {
  InitiativeProgress,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { allOf, bound, queryRows, sql, SqlPart, withTables } from '../database';
import { filterConditions } from '../services/serviceFilters';
import { visibleConditions, visibleTables } from '../services/visibleServices';
import {
  maybeUnsettled,
  readUnsettled,
  staleGroupsSql,
  Unsettled,
} from '../status';
import { Visibility } from '../visibility/Visibility';
import {
  filterOf,
  goalOf,
  InitiativeRow,
  keptProgress,
} from './initiativeRows';
import { progressOf, StandingCount } from './keepResults';
import { standingSql } from './standingSql';

/**
 * How far initiatives have come, by their sequences: a constant number of
 * queries, each a count of the services that are visible. Of a closed one, who
 * sees all services is told what was counted then, services that were removed
 * since included.
 */
export async function readProgress(
  db: Knex,
  initiatives: readonly InitiativeRow[],
  visibility: Visibility,
  { now }: { now: Instant },
): Promise<Map<number, InitiativeProgress>> {
  const kept = new Map<number, InitiativeProgress>();
  const counted: InitiativeRow[] = [];
  for (const row of initiatives) {
    if (row.progress !== null && visibility.kind === 'all') {
      kept.set(row.sequence, keptProgress(row.progress));
    } else {
      counted.push(row);
    }
  }
  if (!counted.length) return kept;

  const unsettled = (await maybeUnsettled(db, { now }))
    ? await readUnsettled(db, { now })
    : [];
  const counts = counted.map(row =>
    countsSql(db, row, visibility, { now, unsettled }),
  );
  const tables = withTables([
    staleGroupsSql({ now }),
    ...visibleTables(db, visibility),
  ]);
  const rows = await queryRows<StandingCount & { sequence: number }>(
    db,
    `${tables.sql} ${counts.map(each => each.sql).join(' union all ')}`,
    [tables, ...counts].flatMap(each => each.bindings),
  );
  for (const { sequence } of counted) {
    const own = rows.filter(row => row.sequence === sequence);
    kept.set(sequence, progressOf(own));
  }
  return kept;
}

function countsSql(
  db: Knex,
  row: InitiativeRow,
  visibility: Visibility,
  options: { now: Instant; unsettled: Unsettled },
): SqlPart {
  const standings =
    row.closed_at === null
      ? sql`select ${standingSql(db, goalOf(row), options)} as standing
        from service_status st
        where ${allOf([
          ...visibleConditions(visibility),
          ...filterConditions(db, filterOf(row), options),
        ])}`
      : sql`select st.standing from initiative_results st
        where ${allOf([
          sql`st.initiative_sequence = ${bound(row.sequence)}`,
          ...visibleConditions(visibility),
        ])}`;
  return sql`select cast(${bound(row.sequence)} as integer) as sequence,
      standing, count(*) as count
    from (${standings}) stood group by standing`;
}
