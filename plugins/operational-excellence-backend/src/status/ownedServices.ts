import { Knex } from 'knex';
import { idSet } from '../database';
import { noteChanges } from '../rollups/changes';

/**
 * Renews what follows from the status of some services after it was written:
 * `owned_services`, and soon the sums of their groups. Under the lock on their
 * status, so that none else does so at the same time. The ids are given for each
 * table, for PostgreSQL would read the others as a whole.
 */
export async function renewOwnedServices(
  tx: Knex.Transaction,
  serviceIds: readonly number[],
): Promise<void> {
  const set = idSet(tx, serviceIds);
  await tx.raw(
    `delete from owned_services
     where ${set.includes('service_id')} and not exists (
       select 1 from service_owners o
       where ${set.includes('o.service_id')}
         and o.service_id = owned_services.service_id
         and o.owner_ref = owned_services.owner_ref)`,
    [set.binding, set.binding],
  );
  await renewOwnedStates(tx, serviceIds);
}

/** The same where the owners of the services are those that they were. */
export async function renewOwnedStates(
  tx: Knex.Transaction,
  serviceIds: readonly number[],
): Promise<void> {
  await noteChanges(tx, serviceIds);
  const set = idSet(tx, serviceIds);
  await tx.raw(
    `insert into owned_services
       (owner_ref, service_id, state_rank, backlog_oldest_created_at)
     select o.owner_ref, o.service_id, st.state_rank,
       st.backlog_oldest_created_at
     from service_owners o
     join service_status st on st.service_id = o.service_id
     where ${set.includes('o.service_id')}
       and ${set.includes('st.service_id')}
     on conflict (service_id, owner_ref) do update
     set state_rank = excluded.state_rank,
         backlog_oldest_created_at = excluded.backlog_oldest_created_at
     where owned_services.state_rank <> excluded.state_rank
       or owned_services.backlog_oldest_created_at
         is distinct from excluded.backlog_oldest_created_at`,
    [set.binding, set.binding],
  );
}
