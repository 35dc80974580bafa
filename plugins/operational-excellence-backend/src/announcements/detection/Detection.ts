import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { Announcement } from '../Announcement';

/** A look at what changed. */
export interface Look {
  now: Instant;
  /**
   * When the plugin looked for the first time. What was so before is noted, and
   * never announced.
   */
  since: Instant;
  signal: AbortSignal;
}

/** Notes something, and announces it, in one transaction. */
export type Announce = (
  tx: Knex.Transaction,
  announcements: readonly Announcement[],
) => Promise<void>;

/**
 * Finds out what changed of its kind since it was last noted.
 *
 * @remarks
 *
 * What is noted and what is announced commit together, and only who changed what
 * was noted announces it: two replicas that look at the same time, or one that
 * dies in between, announce nothing twice and miss nothing. Where nothing
 * changed, a look costs one read of an index.
 */
export interface Detection {
  look(db: Knex, look: Look, announce: Announce): Promise<void>;
}

/** How much is noted in one transaction. */
export const NOTE_BATCH = 500;

/** Does a batch of work until there is no more of it. */
export async function untilDone(
  signal: AbortSignal,
  work: () => Promise<number>,
): Promise<void> {
  while (!signal.aborted) {
    if ((await work()) < NOTE_BATCH) return;
  }
}
