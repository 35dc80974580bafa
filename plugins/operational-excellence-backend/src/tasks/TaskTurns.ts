import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { queryRows } from '../database';
import { nowSql } from '../sync/databaseTime';

/** Thrown into work whose turn another process has taken, or may take. */
export class LostTurnError extends Error {
  override readonly name = 'LostTurnError';

  constructor(task: string) {
    super(`Another process has taken over ${task}`);
  }
}

/**
 * Work that one replica at a time does for all. A turn lasts for a lease, by the
 * clock of the database, and is renewed while its holder lives, so that another
 * replica takes over soon after one has died. (A global task of the scheduler
 * stays locked until its time-out, which has to be longer than the longest run.)
 */
export class TaskTurns {
  readonly #db: Knex;
  readonly #leaseMs: number;

  /** @param options - `leaseMs`: how long a turn outlives its holder */
  static create(options: { db: Knex; leaseMs: number }) {
    return new TaskTurns(options.db, options.leaseMs);
  }

  private constructor(db: Knex, leaseMs: number) {
    this.#db = db;
    this.#leaseMs = leaseMs;
  }

  /**
   * Does the work if it is due and nobody is at it, and answers whether it was
   * done. After it succeeded, it is due again `everyMs` after it began; after it
   * failed, at once.
   */
  async take(
    task: string,
    options: { everyMs: number; signal: AbortSignal },
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<boolean> {
    const holder = randomUUID();
    const began = await this.#acquire(task, holder);
    if (began === undefined) return false;

    const lost = new AbortController();
    const heartbeat = setInterval(() => {
      this.#renew(task, holder).then(
        held => held || lost.abort(new LostTurnError(task)),
        error => lost.abort(error),
      );
    }, this.#leaseMs / 3);
    let nextAt = began;
    try {
      await work(AbortSignal.any([options.signal, lost.signal]));
      nextAt = began + options.everyMs;
    } finally {
      clearInterval(heartbeat);
      await this.#release(task, holder, nextAt);
    }
    return true;
  }

  /** Has the work done at the next turn, however lately it was done. */
  async makeDue(task: string): Promise<void> {
    await this.#db('task_turns').where({ task }).update({ next_at: 0 });
  }

  async #acquire(task: string, holder: string): Promise<number | undefined> {
    const now = nowSql(this.#db);
    const [row] = await queryRows<{ began: number | string }>(
      this.#db,
      `insert into task_turns (task, holder, held_until, next_at)
      values (?, ?, ${now} + ?, 0)
      on conflict (task) do update
        set holder = excluded.holder, held_until = excluded.held_until
        where task_turns.next_at <= ${now}
          and (task_turns.holder is null or task_turns.held_until <= ${now})
      returning held_until - ? as began`,
      [task, holder, this.#leaseMs, this.#leaseMs],
    );
    return row && Number(row.began);
  }

  async #renew(task: string, holder: string): Promise<boolean> {
    const rows = await queryRows(
      this.#db,
      `update task_turns set held_until = ${nowSql(this.#db)} + ?
      where task = ? and holder = ? returning task`,
      [this.#leaseMs, task, holder],
    );
    return rows.length > 0;
  }

  async #release(task: string, holder: string, nextAt: number): Promise<void> {
    await this.#db('task_turns')
      .where({ task, holder })
      .update({ holder: null, held_until: 0, next_at: nextAt });
  }
}
