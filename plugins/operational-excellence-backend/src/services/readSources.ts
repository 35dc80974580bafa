import {
  Instant,
  Measure,
  ServiceDetail,
  SourceHealth,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf, queryPrepared, StoredInstant } from '../database';
import { HEALTH_SQL } from '../sources/healthSql';
import { EXPERIMENTS_GROUP } from '../status';

interface ScopeRow {
  measure: Measure;
  source_id: string;
  title: string;
  url: string | null;
  health: SourceHealth;
  last_success_at: StoredInstant | null;
  last_error: string | null;
}

/**
 * The scopes that the figures of a service come from: those of its backlog, and
 * of every source of experiments the one that is furthest behind, for that
 * decides what is known of game days.
 */
export async function readSources(
  db: Knex,
  service: {
    backlogGroup: string | null;
    gameDaysGroup: string | null;
  },
  options: { now: Instant; titles: ReadonlyMap<string, string> },
): Promise<ServiceDetail['sources']> {
  const rows = await queryPrepared<ScopeRow>(
    db,
    `select grouped.measure, grouped.source_id, grouped.title, grouped.url,
       grouped.last_success_at, grouped.last_error, grouped.health
     from (
       select case m.group_id
           when ? then 'gameDay' else 'backlog' end as measure,
         s.source_id, s.title, s.url, s.last_success_at,
         case when s.failing_since is not null then s.last_error
           end as last_error,
         ${HEALTH_SQL} as health,
         row_number() over (
           partition by m.group_id, s.source_id
           order by s.last_success_at asc nulls first, s.id) as place
       from scope_group_members m join scopes s on s.id = m.scope_id
       where m.group_id in (?, ?)
     ) grouped
     where grouped.measure = 'backlog' or grouped.place = 1
     order by grouped.measure, grouped.source_id, grouped.title`,
    [
      EXPERIMENTS_GROUP,
      options.now,
      service.backlogGroup ?? '',
      service.gameDaysGroup ?? '',
    ],
  );
  return rows.map(row => ({
    id: row.source_id,
    title: options.titles.get(row.source_id) ?? row.source_id,
    measure: row.measure,
    scope: row.title,
    url: row.url,
    health: row.health,
    checkedAt: toIsoInstant(instantOf(row.last_success_at)),
    lastError: row.last_error,
  }));
}
