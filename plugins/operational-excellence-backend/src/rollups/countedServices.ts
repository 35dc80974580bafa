import {
  Instant,
  starvesAt,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  Columns,
  idSet,
  insertSql,
  instantOf,
  queryRows,
  setExcluded,
  StoredInstant,
} from '../database';

/** What is counted of a service, and in which groups: a row of its table. */
export interface CountedService {
  service_id: number;
  state_rank: number;
  backlog_rank: number;
  game_day_rank: number;
  readiness_rank: number;
  open_count: number;
  starved: number;
  closed_90d: number;
  all_closed_90d: number;
  /** JSON array of its owners and all groups above, in order. */
  owners: string;
  system_ref: string | null;
  domain_ref: string | null;
  tier: string | null;
  lifecycle: string | null;
  type: string | null;
}

const columns: Columns<CountedService> = {
  service_id: 'integer',
  state_rank: 'integer',
  backlog_rank: 'integer',
  game_day_rank: 'integer',
  readiness_rank: 'integer',
  open_count: 'integer',
  starved: 'integer',
  closed_90d: 'integer',
  all_closed_90d: 'integer',
  owners: 'text',
  system_ref: 'text',
  domain_ref: 'text',
  tier: 'text',
  lifecycle: 'text',
  type: 'text',
};

type StatusPart = Omit<CountedService, 'owners' | 'starved'> & {
  oldest_created_at: StoredInstant | null;
  last_closed_at: StoredInstant | null;
  settled_until: StoredInstant | null;
};

/**
 * What is to be counted of some services as long as their stored states hold;
 * of those without a status, nothing.
 */
export async function readToCount(
  db: Knex,
  serviceIds: readonly number[],
): Promise<CountedService[]> {
  const set = idSet(db, serviceIds);
  const rows = await queryRows<StatusPart>(
    db,
    `select service_id, state_rank, backlog_rank, game_day_rank,
       readiness_rank, backlog_open_count as open_count,
       backlog_closed_90d as closed_90d,
       backlog_all_closed_90d as all_closed_90d,
       system_ref, domain_ref, tier, lifecycle, type,
       backlog_oldest_created_at as oldest_created_at,
       backlog_last_closed_at as last_closed_at, settled_until
     from service_status where ${set.includes('service_id')}`,
    [set.binding],
  );
  const owned = await queryRows<{ service_id: number; owner_ref: string }>(
    db,
    `select service_id, owner_ref from owned_services
     where ${set.includes('service_id')}`,
    [set.binding],
  );
  const owners = new Map<number, string[]>();
  for (const { owner_ref, service_id } of owned) {
    const refs = owners.get(service_id);
    if (refs) refs.push(owner_ref);
    else owners.set(service_id, [owner_ref]);
  }
  return rows.map(
    ({ last_closed_at, oldest_created_at, settled_until, ...row }) => ({
      ...row,
      starved: isStarvedUntil(instantOf(settled_until), {
        oldestCreatedAt: instantOf(oldest_created_at),
        lastClosedAt: instantOf(last_closed_at),
      })
        ? 1
        : 0,
      owners: JSON.stringify((owners.get(row.service_id) ?? []).sort()),
    }),
  );
}

/**
 * Whether improvements are starved for as long as the states of their service
 * hold, which do not when that begins.
 */
function isStarvedUntil(
  settledUntil: Instant | null,
  backlog: { oldestCreatedAt: Instant | null; lastClosedAt: Instant | null },
): boolean {
  if (backlog.oldestCreatedAt === null) return false;
  const at = starvesAt(backlog);
  return at === null || settledUntil === null || at < settledUntil;
}

/** Whether of a service just that is counted which is to be counted. */
export function isCountedRight(
  counted: CountedService | undefined,
  now: CountedService | undefined,
): boolean {
  if (!counted || !now) return counted === now;
  const names = Object.keys(columns) as (keyof CountedService)[];
  return names.every(name => counted[name] === now[name]);
}

/** What is counted of some services. */
export function readCounted(
  db: Knex,
  serviceIds: readonly number[],
): Promise<CountedService[]> {
  const set = idSet(db, serviceIds);
  return queryRows(
    db,
    `select ${Object.keys(columns).join(', ')} from counted_services
     where ${set.includes('service_id')}`,
    [set.binding],
  );
}

/** Notes what is counted of some services from now on. */
export async function storeCounted(
  tx: Knex.Transaction,
  counted: {
    now: readonly CountedService[];
    before: readonly CountedService[];
  },
): Promise<void> {
  const ids = new Set(counted.now.map(row => row.service_id));
  const gone = counted.before.filter(row => !ids.has(row.service_id));
  if (gone.length) {
    const set = idSet(
      tx,
      gone.map(row => row.service_id),
    );
    await tx.raw(
      `delete from counted_services where ${set.includes('service_id')}`,
      [set.binding],
    );
  }
  await tx.raw(
    `${insertSql(tx, 'counted_services', columns)}
     on conflict (service_id)
     do update set ${setExcluded(columns, ['service_id'])}`,
    [JSON.stringify(counted.now)],
  );
}
