import {
  Instant,
  ROLLUP_DIMENSIONS,
  RollupDimension,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { LostTurnError } from '../tasks/TaskTurns';
import { instantOf, StoredBoolean, StoredInstant } from '../database';
import { Day } from './days';

/** What is taken one after the other: the services, then the groups. */
export const STAGES = ['services', ...ROLLUP_DIMENSIONS] as const;

export type Stage = 'services' | RollupDimension | 'finished';

/** A day on which points are taken, and how far that has come. */
export interface ObservedDay {
  day: Day;
  /** Whether a module put it down. */
  recorded: boolean;
  takenAt: Instant;
  stage: Stage;
  /** Up to which service that is done. */
  afterService: number;
}

/** The last day on which points were begun. */
export async function lastBegunDay(db: Knex): Promise<ObservedDay | undefined> {
  const row: StoredDay | undefined = await db('observed_days')
    .orderBy('day', 'desc')
    .first();
  return row && dayOfRow(row);
}

/** The last day of which all points were taken before some day. */
export async function lastFinishedDay(
  db: Knex,
  options: { before: Day },
): Promise<ObservedDay | undefined> {
  const row: StoredDay | undefined = await db('observed_days')
    .whereNotNull('finished_at')
    .where('day', '<', options.before)
    .orderBy('day', 'desc')
    .first();
  return row && dayOfRow(row);
}

/** Begins a day, unless another process did at the same time. */
export async function beginDay(
  tx: Knex.Transaction,
  day: Day,
  options: { now: Instant },
): Promise<boolean> {
  const rows = await tx('observed_days')
    .insert({
      day,
      recorded: false,
      taken_at: options.now,
      stage: STAGES[0],
      after_service: 0,
    })
    .onConflict('day')
    .ignore()
    .returning('day');
  return rows.length > 0;
}

/**
 * Notes how far a day has come, in the transaction of what was done. Nothing is
 * done twice by a process that has lost its turn and does not know it yet.
 *
 * @throws LostTurnError where another process has come further
 */
export async function advance(
  tx: Knex.Transaction,
  from: ObservedDay,
  to: { stage: Stage; afterService: number; finishedAt?: Instant },
): Promise<ObservedDay> {
  const advanced = await tx('observed_days')
    .where({
      day: from.day,
      stage: from.stage,
      after_service: from.afterService,
    })
    .update({
      stage: to.stage,
      after_service: to.afterService,
      finished_at: to.finishedAt ?? null,
    });
  if (!advanced) throw new LostTurnError('taking the points of the day');
  return { ...from, stage: to.stage, afterService: to.afterService };
}

/** Before a day is begun, and after it was finished. */
export async function clearTaken(tx: Knex.Transaction): Promise<void> {
  await tx('taken_services').truncate();
  await tx('taken_backlogs').truncate();
}

interface StoredDay {
  day: Day;
  recorded: StoredBoolean;
  taken_at: StoredInstant;
  stage: Stage;
  after_service: number;
}

function dayOfRow(row: StoredDay): ObservedDay {
  return {
    day: row.day,
    recorded: Boolean(row.recorded),
    takenAt: instantOf(row.taken_at),
    stage: row.stage,
    afterService: row.after_service,
  };
}
