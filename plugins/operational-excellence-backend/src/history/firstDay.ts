import {
  DAY_MS,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';

const SINCE_KEY = 'history.since';

/** So that what is brought along can be put in before. */
const FIRST_AFTER_MS = 10 * 60_000;

/** A first synchronisation that takes longer is not waited for. */
const AT_LATEST_AFTER_MS = DAY_MS;

/**
 * Whether the points of the very first day can be taken. Later ones are compared
 * with it, so it waits for services, and until each source was read once: states
 * that are only unknown because nothing was read yet are no beginning.
 */
export async function isFirstDayReady(
  db: Knex,
  options: { now: Instant },
): Promise<boolean> {
  const { now } = options;
  const since = await firstLook(db, now);
  if (now < since + FIRST_AFTER_MS) return false;
  if (!(await db('service_status').first('service_id'))) return false;
  if (now >= since + AT_LATEST_AFTER_MS) return true;
  const unread = await db('scopes')
    .where('active', true)
    .whereNull('last_success_at')
    .whereNull('last_error_at')
    .first('id');
  return !unread;
}

async function firstLook(db: Knex, now: Instant): Promise<Instant> {
  const read = () => db('settings').where({ key: SINCE_KEY }).first('value');
  const known = await read();
  if (known) return Number(known.value);
  // Of two replicas that look for the first time, one is the first.
  await db('settings')
    .insert({ key: SINCE_KEY, value: String(now) })
    .onConflict('key')
    .ignore();
  return Number((await read()).value);
}
