import { Instant } from 'backstage-plugin-operational-excellence-common';
import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { Columns, idSet, insertSql, queryRows, textSet } from '../database';
import { inTransaction } from '../sync/inTransaction';

/** The group of all experiment scopes. */
export const EXPERIMENTS_GROUP = 'experiments';

/** What of a status depends on a group. */
const GROUP_COLUMNS = [
  'backlog_scope_group',
  'game_day_scope_group',
  'game_day_all_scope_group',
];

interface MemberRow {
  group_id: string;
  scope_id: number;
}

const memberColumns: Columns<MemberRow> = {
  group_id: 'text',
  scope_id: 'integer',
};

/**
 * Sets of scopes that the figures of services depend on. When a scope has
 * answered, its groups are renewed: one row per set instead of one per service.
 */
export class ScopeGroups {
  static create(): ScopeGroups {
    return new ScopeGroups();
  }

  private constructor() {}

  /**
   * The groups of several sets of scopes, in their order, `null` for an empty
   * one. Groups that do not exist yet are created, with `experiments`
   * {@link EXPERIMENTS_GROUP} among them.
   */
  async groupsFor(
    tx: Knex.Transaction,
    sets: readonly (readonly number[])[],
    options: { experiments?: boolean } = {},
  ): Promise<(string | null)[]> {
    const wanted = new Map<string, readonly number[]>();
    if (options.experiments) wanted.set(EXPERIMENTS_GROUP, []);
    const ids = sets.map(scopeIds => {
      const id = groupIdOf(scopeIds);
      if (id !== null) wanted.set(id, scopeIds);
      return id;
    });
    const known = textSet(tx, wanted.keys());
    const existing = await queryRows<{ id: string }>(
      tx,
      `select id from scope_groups where ${known.includes('id')}`,
      [known.binding],
    );
    for (const { id } of existing) wanted.delete(id);
    if (wanted.size) await createGroups(tx, wanted);
    return ids;
  }

  /** The group of a set of scopes, `null` for the empty one. */
  async groupFor(
    tx: Knex.Transaction,
    scopeIds: readonly number[],
  ): Promise<string | null> {
    return (await this.groupsFor(tx, [scopeIds]))[0];
  }

  /**
   * Renews the groups that a scope is in. Called in the transaction that changed
   * the scope's last success or tolerance, after that change and after services
   * were recomputed, for these may have come into new groups.
   */
  async renew(tx: Knex.Transaction, scopeId: number): Promise<void> {
    // Locked before the scopes are read: of two scopes of one group that succeed
    // at the same time, the second one sees the success of the first.
    const groupIds = await tx('scope_groups')
      .whereIn(
        'id',
        tx('scope_group_members')
          .where({ scope_id: scopeId })
          .select('group_id'),
      )
      .orderBy('id')
      .forUpdate()
      .pluck('id');
    await renewGroups(tx, groupIds);
  }

  /**
   * Removes groups that are no longer fresh and that no service depends on any
   * more, such as those of a source that was disconnected.
   */
  async removeUnused(db: Knex, options: { now: Instant }): Promise<void> {
    // The database refuses to remove one that comes into use at this instant.
    const unused = GROUP_COLUMNS.map(
      column => `not exists (
        select 1 from service_status where ${column} = scope_groups.id)`,
    );
    await inTransaction(db, tx =>
      tx.raw(
        `delete from scope_groups
         where id <> ? and (fresh_until is null or fresh_until < ?)
           and ${unused.join(' and ')}`,
        [EXPERIMENTS_GROUP, options.now],
      ),
    );
  }

  /**
   * Makes these the scopes of {@link EXPERIMENTS_GROUP}. Called whenever the
   * connected experiment sources may name other scopes than before. A game day
   * known from a scope that is no longer read stays believed.
   */
  async setExperimentScopes(
    tx: Knex.Transaction,
    scopeIds: readonly number[],
  ): Promise<void> {
    await tx('scope_groups')
      .insert({ id: EXPERIMENTS_GROUP })
      .onConflict('id')
      .ignore();
    await tx('scope_groups').where({ id: EXPERIMENTS_GROUP }).forUpdate();
    await tx('scope_group_members')
      .where({ group_id: EXPERIMENTS_GROUP })
      .del();
    await insertMembers(tx, new Map([[EXPERIMENTS_GROUP, scopeIds]]));
    await renewGroups(tx, [EXPERIMENTS_GROUP]);

    const read = idSet(tx, scopeIds);
    await tx.raw(
      `update service_status set game_day_scope_group = null
       where game_day_scope_group in (
         select group_id from scope_group_members
         where not (${read.includes('scope_id')}))`,
      [read.binding],
    );
  }
}

function groupIdOf(scopeIds: readonly number[]): string | null {
  if (!scopeIds.length) return null;
  const sorted = [...new Set(scopeIds)].sort((a, b) => a - b);
  // Every row of a list carries some: 128 bits are enough, as in a UUID.
  return createHash('sha256')
    .update(sorted.join(','))
    .digest('base64url')
    .slice(0, 22);
}

async function createGroups(
  tx: Knex.Transaction,
  groups: ReadonlyMap<string, readonly number[]>,
) {
  const rows = Array.from(groups.keys(), id => ({ id })).sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  await tx.raw(
    `${insertSql<{ id: string }>(tx, 'scope_groups', { id: 'text' })}
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
  await insertMembers(tx, groups);
  await renewGroups(tx, [...groups.keys()]);
}

async function insertMembers(
  tx: Knex.Transaction,
  groups: ReadonlyMap<string, readonly number[]>,
) {
  const members: MemberRow[] = [];
  for (const [group_id, scopeIds] of groups) {
    for (const scope_id of new Set(scopeIds)) {
      members.push({ group_id, scope_id });
    }
  }
  await tx.raw(
    `${insertSql(tx, 'scope_group_members', memberColumns)}
     on conflict do nothing`,
    [JSON.stringify(members)],
  );
}

/**
 * A group is as fresh as the scope that is furthest behind. One without scopes,
 * such as that of all experiments where no source names any, misses nothing.
 */
async function renewGroups(tx: Knex.Transaction, groupIds: string[]) {
  const set = textSet(tx, groupIds);
  const earliest = (expression: string, ofNone: string) =>
    `(select case when count(*) = 0 then ${ofNone}
             when count(*) = count(s.last_success_at)
             then min(${expression}) end
      from scope_group_members m join scopes s on s.id = m.scope_id
      where m.group_id = scope_groups.id)`;
  await tx.raw(
    `update scope_groups
     set checked_at = ${earliest('s.last_success_at', 'null')},
         fresh_until = ${earliest(
           's.last_success_at + s.tolerance_ms',
           String(Number.MAX_SAFE_INTEGER),
         )}
     where ${set.includes('id')}`,
    [set.binding],
  );
}
