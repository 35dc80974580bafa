import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { allOf, instantOf, isPostgres, queryRows, sql } from '../../database';
import {
  filterOf,
  goalOf,
  InitiativeRow,
} from '../../initiatives/initiativeRows';
import { dueReminder, nextReminderAt } from '../../initiatives/reminders';
import { standingSql } from '../../initiatives/standingSql';
import { filterConditions } from '../../services/serviceFilters';
import { staleGroupsSql } from '../../status';
import { inTransaction } from '../../sync/inTransaction';
import { Announcement, DigestGroup } from '../Announcement';
import { Announce, Detection, Look } from './Detection';

/** How many services of an owner are named. */
const NAMED = 3;

/**
 * Reminds the owners of services that are left of an initiative of its last day:
 * some time before, and once it is over. Of reminders that were missed, only the
 * last one is made up for.
 */
export class InitiativeReminders implements Detection {
  static create() {
    return new InitiativeReminders();
  }

  private constructor() {}

  async look(db: Knex, look: Look, announce: Announce): Promise<void> {
    const remindOfNext = () =>
      inTransaction(db, async tx => {
        const initiative = await lockNextDue(tx, look.now);
        if (!initiative) return false;
        await announce(tx, await remindersOf(tx, initiative, look));
        await noteReminded(tx, initiative, look.now);
        return true;
      });
    while (!look.signal.aborted && (await remindOfNext()));
  }
}

/** Who locks one is the only one to remind of it; others pass it over. */
async function lockNextDue(
  tx: Knex.Transaction,
  now: Instant,
): Promise<InitiativeRow | undefined> {
  const [row] = await queryRows<InitiativeRow>(
    tx,
    `select * from initiatives where next_reminder_at <= ?
     order by next_reminder_at, sequence limit 1
     ${isPostgres(tx) ? 'for update skip locked' : ''}`,
    [now],
  );
  return row;
}

async function noteReminded(
  tx: Knex.Transaction,
  { ends_at, sequence }: InitiativeRow,
  now: Instant,
) {
  await tx('initiatives')
    .where({ sequence })
    .update({ next_reminder_at: nextReminderAt(instantOf(ends_at), now) });
}

async function remindersOf(
  tx: Knex.Transaction,
  initiative: InitiativeRow,
  { now, since }: Look,
): Promise<Announcement[]> {
  const endsAt = instantOf(initiative.ends_at);
  const reminder = dueReminder(endsAt, now);
  if (!reminder || reminder.at < since) return [];
  const left = await readLeft(tx, initiative, now);
  return [...left].map(([ownerRef, services]) => ({
    kind: 'initiativeDue',
    subject: `initiative/${initiative.id}/${reminder.stage}/${ownerRef}`,
    dueAt: endsAt,
    facts: {
      ownerRef,
      initiativeId: initiative.id,
      title: initiative.title,
      dueOn: initiative.due_on,
      isOver: reminder.stage === 'over',
      left: services,
    },
  }));
}

/** What is left of an initiative, by owner: of those themselves, not above. */
async function readLeft(
  tx: Knex.Transaction,
  initiative: InitiativeRow,
  now: Instant,
): Promise<Map<string, DigestGroup>> {
  const exact = { now, unsettled: 'many' } as const;
  const standing = standingSql(tx, goalOf(initiative), exact);
  const isLeft = allOf([
    ...filterConditions(tx, filterOf(initiative), exact),
    sql`(${standing}) = 'left'`,
  ]);
  const query = sql`with ${staleGroupsSql({ now })},
    placed as (
      select o.owner_ref, st.title,
        row_number() over (partition by o.owner_ref
          order by lower(st.title), st.service_id) as place,
        count(*) over (partition by o.owner_ref) as total
      from service_status st
      join service_owners o on o.service_id = st.service_id and o.depth = 0
      where ${isLeft})
    select owner_ref, title, total from placed
    where place <= ${String(NAMED)} order by owner_ref, place`;
  const rows = await queryRows<{
    owner_ref: string;
    title: string;
    total: number | string;
  }>(tx, query.sql, query.bindings);
  const left = new Map<string, DigestGroup>();
  for (const { owner_ref, title, total } of rows) {
    const known = left.get(owner_ref);
    if (known) known.titles.push(title);
    else left.set(owner_ref, { count: Number(total), titles: [title] });
  }
  return left;
}
