import {
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';

export interface StatusUpdaterOptions {
  policies: readonly Policy[];
  /** The ids of the connected experiment sources. */
  experimentSourceIds: readonly string[];
  now?: () => Instant;
}

/** Keeps the status rows of services in step with what is stored about them. */
export class StatusUpdater {
  static create(options: StatusUpdaterOptions): StatusUpdater {
    return new StatusUpdater(options);
  }

  private constructor(_options: StatusUpdaterOptions) {}

  /**
   * Recomputes the status of some services, in the transaction that changed what
   * it follows from. A constant number of queries per batch of services.
   */
  async recompute(
    _tx: Knex.Transaction,
    _serviceIds: readonly number[],
  ): Promise<void> {
    throw new Error('Not written yet');
  }

  /** Recomputes every service, such as after a change of policies. */
  async recomputeAll(
    _db: Knex,
    _options?: { signal?: AbortSignal },
  ): Promise<void> {
    throw new Error('Not written yet');
  }

  /**
   * Recomputes services whose 30 and 90 day figures changed because time passed.
   *
   * @returns how many there were, at most `limit`
   */
  async recomputeExpired(_db: Knex, _limit: number): Promise<number> {
    throw new Error('Not written yet');
  }
}
