import {
  DAY_MS,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { Day } from './days';
import { lastFinishedDay } from './observedDays';

/** How long after it happened an event may become known, and still counts. */
const KNOWN_WITHIN_MS = 30 * DAY_MS;

/**
 * Counts for a day the game days and passed tests that no point has counted yet,
 * and happened since points are taken. An exercise that links experiments is one
 * game day with them.
 */
export async function countEvents(
  tx: Knex.Transaction,
  day: Day,
  options: { now: Instant },
): Promise<void> {
  const { now } = options;
  const before = await lastFinishedDay(tx, { before: day });
  const first = await firstTakenAt(tx);
  // Those of a day that was not finished are still to be counted.
  await tx('counted_events')
    .where('day', '>', before?.day ?? -1)
    .update({ day });
  if (first === undefined) return;

  const since = Math.max(first, (before?.takenAt ?? now) - KNOWN_WITHIN_MS);
  await tx('counted_events')
    .where('happened_at', '<=', since)
    .where('day', '<>', day)
    .delete();
  await tx.raw(
    `insert into counted_events
       (kind, event_id, service_id, happened_at, day)
     select 'game-day', x.id, es.service_id, x.started_at, ?
     from exercises x join exercise_services es on es.exercise_id = x.id
     where x.state = 'held' and x.kind = 'game-day'
       and x.started_at > ? and x.started_at <= ?
     on conflict do nothing`,
    [day, since, now],
  );
  await tx.raw(
    `insert into counted_events
       (kind, event_id, service_id, happened_at, day)
     select 'experiment', cast(e.id as text), m.service_id, e.started_at, ?
     from experiments e join experiment_matches m on m.experiment_id = e.id
     where e.counts_as_game_day and e.started_at > ? and e.started_at <= ?
       and not exists (
         select 1 from exercise_experiments ee
         join exercises x on x.id = ee.exercise_id
         join exercise_services es on es.exercise_id = x.id
         where ee.experiment_id = e.id and not ee.removed
           and x.kind = 'game-day' and x.state in ('running', 'held')
           and es.service_id = m.service_id)
     on conflict do nothing`,
    [day, since, now],
  );
  await tx.raw(
    `insert into counted_events
       (kind, event_id, service_id, happened_at, day)
     select 'test', id, service_id, performed_at, ?
     from readiness_tests
     where verdict = 'pass' and performed_at > ? and performed_at <= ?
     on conflict do nothing`,
    [day, since, now],
  );
}

const FIRST_KEY = 'history.first';

/**
 * Remembers since when points are taken, once those of a day are: what happened
 * before that day is not counted, and its points may be forgotten some day.
 */
export async function noteFirstTaken(
  tx: Knex.Transaction,
  takenAt: Instant,
): Promise<void> {
  await tx('settings')
    .insert({ key: FIRST_KEY, value: String(takenAt) })
    .onConflict('key')
    .ignore();
}

async function firstTakenAt(db: Knex): Promise<Instant | undefined> {
  const row = await db('settings').where({ key: FIRST_KEY }).first('value');
  return row && Number(row.value);
}
