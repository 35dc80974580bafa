import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { StatusUpdater } from '../status';
import { inTransaction } from '../sync/inTransaction';
import { countEvents, noteFirstTaken } from './countEvents';
import { Day, dayOf } from './days';
import { isFirstDayReady } from './firstDay';
import {
  advance,
  beginDay,
  clearTaken,
  lastBegunDay,
  ObservedDay,
  Stage,
  STAGES,
} from './observedDays';
import { pruneHistory } from './pruneHistory';
import { takeGroups } from './takeGroups';
import { takeServices } from './takeServices';

/** How many services are taken in one transaction. */
const SERVICES_AT_ONCE = 2_000;

const RECOMPUTED_AT_ONCE = 500;

export interface DailyPointsOptions {
  db: Knex;
  /** For how many days points are kept. */
  keepDays: number;
  status: StatusUpdater;
  now?: () => Instant;
  /** For tests: how many services one transaction takes. */
  servicesAtOnce?: number;
}

/**
 * Takes once a day how every service and every group of them stands. Each
 * transaction is short, reads without locks and notes how far it came, so that
 * whoever goes on after a kill doubles nothing. A day that is over before it was
 * finished is not shown.
 */
export class DailyPoints {
  readonly #db: Knex;
  readonly #keepDays: number;
  readonly #now: () => Instant;
  readonly #status: StatusUpdater;
  readonly #servicesAtOnce: number;

  static create(options: DailyPointsOptions): DailyPoints {
    return new DailyPoints(options);
  }

  private constructor(options: DailyPointsOptions) {
    this.#db = options.db;
    this.#keepDays = options.keepDays;
    this.#now = options.now ?? Date.now;
    this.#status = options.status;
    this.#servicesAtOnce = options.servicesAtOnce ?? SERVICES_AT_ONCE;
  }

  /** Takes the points of today, or what is left of them. */
  async take(options: { signal: AbortSignal }): Promise<void> {
    const { signal } = options;
    let at = await this.#today(signal);
    while (at && at.stage !== 'finished') {
      if (signal.aborted) return;
      // SQLite does its work at once, and would keep requests waiting until the end.
      await othersTurn();
      // A day that ends meanwhile stays unfinished.
      if (dayOf(this.#now()) !== at.day) return;
      at =
        at.stage === 'services'
          ? await this.#takeServices(at)
          : await this.#takeGroups(at);
    }
    if (!at) return;
    await pruneHistory(this.#db, { before: at.day - this.#keepDays, signal });
  }

  /** Today, begun if it was not; none while it is too early for the first day. */
  async #today(signal: AbortSignal): Promise<ObservedDay | undefined> {
    const db = this.#db;
    const now = this.#now();
    const day = dayOf(now);
    const last = await lastBegunDay(db);
    // The clock of a replica may be behind.
    if (last && last.day >= day) return last.day === day ? last : undefined;
    const isFirst = !last || last.recorded;
    if (isFirst && !(await isFirstDayReady(db, { now }))) return undefined;
    await this.#recompute(signal);
    if (signal.aborted) return undefined;
    await inTransaction(db, async tx => {
      if (await beginDay(tx, day, { now })) await this.#begin(tx, day, now);
    });
    return lastBegunDay(db);
  }

  /** Figures that time has changed, for they are taken as they are stored. */
  async #recompute(signal: AbortSignal) {
    while (!signal.aborted) {
      const done = await this.#status.recomputeExpired(
        this.#db,
        RECOMPUTED_AT_ONCE,
      );
      if (done < RECOMPUTED_AT_ONCE) return;
    }
  }

  async #begin(tx: Knex.Transaction, day: Day, now: Instant) {
    await clearTaken(tx);
    await countEvents(tx, day, { now });
  }

  async #takeServices(at: ObservedDay): Promise<ObservedDay> {
    const after = at.afterService;
    const ids: number[] = await this.#db('services')
      .where('id', '>', after)
      .orderBy('id')
      .limit(this.#servicesAtOnce)
      .pluck('id');
    return inTransaction(this.#db, async tx => {
      if (!ids.length) {
        return advance(tx, at, {
          stage: following('services'),
          afterService: 0,
        });
      }
      const to = ids[ids.length - 1];
      const next = await advance(tx, at, { stage: at.stage, afterService: to });
      await takeServices(tx, { after, to }, { day: at.day, now: this.#now() });
      return next;
    });
  }

  async #takeGroups(at: ObservedDay): Promise<ObservedDay> {
    const { afterService, day, stage } = at;
    if (stage === 'services' || stage === 'finished') return at;
    return inTransaction(this.#db, async tx => {
      const next = following(stage);
      const isLast = next === 'finished';
      const advanced = await advance(tx, at, {
        stage: next,
        afterService,
        finishedAt: isLast ? this.#now() : undefined,
      });
      await takeGroups(tx, stage, { day });
      if (isLast) {
        await noteFirstTaken(tx, at.takenAt);
        await clearTaken(tx);
      }
      return advanced;
    });
  }
}

function following(stage: Exclude<Stage, 'finished'>): Stage {
  return STAGES[STAGES.indexOf(stage) + 1] ?? 'finished';
}
