import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  idSet,
  instantOf,
  isPostgres,
  queryRows,
  StoredInstant,
  textSet,
} from '../../database';
import {
  EXPERIMENTS_GROUP,
  readPolicyFacts,
  statusColumns,
  StoredStatusRow,
} from '../../status';
import { Freshness, StoredService } from './previewStates';

const COLUMNS = Object.keys(statusColumns).join(', ');

/**
 * The next services in the order of their ids, with what their states follow
 * from, all as it was at one moment: else evidence that comes in between would
 * look like a change.
 */
export async function readStoredServices(
  db: Knex,
  options: { after: number; limit: number },
): Promise<{ services: StoredService[]; freshness: Freshness }> {
  return db.transaction(
    async tx => {
      const rows = await queryRows<StoredStatusRow>(
        tx,
        `select ${COLUMNS} from service_status
         where service_id > ? order by service_id limit ?`,
        [options.after, options.limit],
      );
      const facts = await readPolicyFacts(tx, rows);
      const services = rows.map((status, index) => ({
        status,
        facts: facts[index],
      }));
      return { services, freshness: await readFreshness(tx, services) };
    },
    isPostgres(db)
      ? { isolationLevel: 'repeatable read', readOnly: true }
      : undefined,
  );
}

async function readFreshness(
  tx: Knex.Transaction,
  services: readonly StoredService[],
): Promise<Freshness> {
  const groups = textSet(
    tx,
    new Set([
      EXPERIMENTS_GROUP,
      ...services.flatMap(({ status }) =>
        [status.backlog_scope_group, status.game_day_scope_group].filter(
          group => group !== null,
        ),
      ),
    ]),
  );
  const groupRows = await queryRows<{
    id: string;
    fresh_until: StoredInstant | null;
  }>(
    tx,
    `select id, fresh_until from scope_groups where ${groups.includes('id')}`,
    [groups.binding],
  );
  const scopes = idSet(
    tx,
    new Set(
      services.flatMap(({ facts }) =>
        facts.gameDays
          .map(({ scopeId }) => scopeId)
          .filter(scopeId => scopeId !== null),
      ),
    ),
  );
  const scopeRows = await queryRows<{
    id: number;
    fresh_until: StoredInstant | null;
  }>(
    tx,
    `select id, last_success_at + tolerance_ms as fresh_until from scopes
     where ${scopes.includes('id')}`,
    [scopes.binding],
  );
  const ofGroup = untilById(groupRows);
  const ofScope = untilById(scopeRows);
  return {
    // A group that does not exist misses nothing.
    ofGroup: id => ofGroup.get(id) ?? (ofGroup.has(id) ? null : Infinity),
    ofScope: id => ofScope.get(id) ?? null,
  };
}

function untilById<Id>(
  rows: readonly { id: Id; fresh_until: StoredInstant | null }[],
): Map<Id, Instant | null> {
  return new Map(rows.map(row => [row.id, instantOf(row.fresh_until)]));
}
