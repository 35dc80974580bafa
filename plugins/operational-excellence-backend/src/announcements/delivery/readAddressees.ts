import { Knex } from 'knex';
import { idSet, queryRows } from '../../database';
import { Announcement } from '../Announcement';

/** A service that an announcement is about. */
export interface AnnouncedService {
  entityRef: string;
  title: string;
}

/** Whom an announcement goes to, and of which services. */
export interface Addressees {
  /** Entity references of users and groups. */
  owners: string[];
  services: AnnouncedService[];
}

/**
 * The owners by now, themselves and not the groups above them, of those services
 * that are still there.
 */
export async function readAddressees(
  db: Knex,
  { dueAt, facts, kind }: Announcement,
): Promise<Addressees> {
  if (kind === 'digest') return { owners: [facts.ownerRef], services: [] };
  if (kind === 'initiativeDue') {
    // One that was closed or put off in between reminds nobody.
    const open = await db('initiatives')
      .where({ id: facts.initiativeId, ends_at: dueAt, closed_at: null })
      .first('id');
    return { owners: open ? [facts.ownerRef] : [], services: [] };
  }
  const set = idSet(db, facts.serviceIds);
  const rows = await queryRows<{
    service_id: number;
    entity_ref: string;
    title: string;
    owner_ref: string | null;
  }>(
    db,
    `select st.service_id, st.entity_ref, st.title, o.owner_ref
     from service_status st
     left join service_owners o
       on o.service_id = st.service_id and o.depth = 0
     where ${set.includes('st.service_id')}
     order by st.service_id, o.owner_ref`,
    [set.binding],
  );
  const services = new Map(
    rows.map(({ entity_ref, service_id, title }) => [
      service_id,
      { entityRef: entity_ref, title },
    ]),
  );
  return {
    owners: [...new Set(rows.flatMap(({ owner_ref }) => owner_ref ?? []))],
    services: [...services.values()],
  };
}
