import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { StatusUpdater } from '../status';
import { Announcement } from './Announcement';
import { AnnouncementStore } from './AnnouncementStore';
import { Announce, Detection } from './detection';
import { Digests } from './digest';

const SINCE_KEY = 'announcements.since';

const RECOMPUTE_BATCH = 500;
/** So that a look comes to an end, whatever has piled up. */
const RECOMPUTE_BATCHES = 20;

export interface LookoutOptions {
  db: Knex;
  detections: readonly Detection[];
  /** `undefined` where none are to be sent. */
  digests?: Digests;
  /** What is announced; all else is only noted. */
  kinds: ReadonlySet<Announcement['kind']>;
  status: StatusUpdater;
  store: AnnouncementStore;
  now?: () => Instant;
  /** Told of what could not be sent in time. */
  onDropped: (count: number) => void;
}

/**
 * Looks what changed since the last look, and announces it. What is not to be
 * announced is noted all the same, so that switching it on later announces what
 * changes from then on.
 */
export class Lookout {
  readonly #options: LookoutOptions;
  readonly #now: () => Instant;
  readonly #announce: Announce;

  static create(options: LookoutOptions) {
    return new Lookout(options);
  }

  private constructor(options: LookoutOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#announce = (tx, announcements) =>
      options.store.add(
        tx,
        announcements.filter(({ kind }) => options.kinds.has(kind)),
        { now: this.#now() },
      );
  }

  async look(options: { signal: AbortSignal }): Promise<void> {
    const { db, detections, digests, onDropped, store } = this.#options;
    const { signal } = options;
    const now = this.#now();
    const since = await firstLook(db, now);
    await this.#recompute(signal);

    const look = { now, since, signal };
    for (const detection of detections) {
      if (signal.aborted) return;
      await detection.look(db, look, this.#announce);
    }
    await digests?.look(db, look);

    const dropped = await store.dropExpired(db, { now });
    if (dropped) onDropped(dropped);
    await store.forgetOld(db, { now });
  }

  /** States that time has changed, for only a stored state is looked at. */
  async #recompute(signal: AbortSignal) {
    const { db, status } = this.#options;
    for (let batch = 0; batch < RECOMPUTE_BATCHES; batch++) {
      if (signal.aborted) return;
      const done = await status.recomputeUnsettled(db, RECOMPUTE_BATCH);
      if (done < RECOMPUTE_BATCH) return;
    }
  }
}

/** When the plugin looked for the first time, which is now if it never did. */
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
