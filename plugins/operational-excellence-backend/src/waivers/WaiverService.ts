import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  Instant,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { knownServiceId } from '../services/knownService';
import { StatusUpdater } from '../status';
import { inTransaction } from '../sync/inTransaction';
import { Waiver, WaiverStore } from './WaiverStore';

/** A waiver that is to be granted. */
export type WaiverGrant = Omit<Waiver, 'id' | 'createdAt'> & {
  entityRef: string;
};

export interface WaiverServiceOptions {
  db: Knex;
  status: StatusUpdater;
  now?: () => Instant;
}

/** Grants and revokes waivers. The status of the service follows at once. */
export class WaiverService {
  readonly #db: Knex;
  readonly #status: StatusUpdater;
  readonly #now: () => Instant;
  readonly #waivers = WaiverStore.create();

  static create(options: WaiverServiceOptions): WaiverService {
    return new WaiverService(options);
  }

  private constructor(options: WaiverServiceOptions) {
    this.#db = options.db;
    this.#status = options.status;
    this.#now = options.now ?? Date.now;
  }

  /**
   * @returns the id of the waiver
   * @throws InputError where it would end before it begins
   * @throws NotFoundError where the service is not known
   */
  async grant(grant: WaiverGrant): Promise<string> {
    const { entityRef, ...waiver } = grant;
    const createdAt = this.#now();
    if (waiver.until <= createdAt) {
      throw new InputError(
        `A waiver must end in the future; it would end ${toIsoInstant(
          waiver.until,
        )}`,
      );
    }
    const id = randomUUID();
    // In one transaction, so that no waiver is stored that the status ignores.
    await inTransaction(this.#db, async tx => {
      const serviceId = await knownServiceId(tx, entityRef);
      await this.#waivers.add(tx, serviceId, { id, createdAt, ...waiver });
      await this.#status.recompute(tx, [serviceId]);
    });
    return id;
  }

  /**
   * Ends a waiver before its time. One that was revoked before stays so.
   *
   * @throws NotFoundError where there is no such waiver
   * @throws ConflictError where its time is over
   */
  async revoke(id: string, options: { revokedBy: string }): Promise<void> {
    await inTransaction(this.#db, async tx => {
      const now = this.#now();
      const waiver = await this.#waivers.revoke(tx, id, { now, ...options });
      if (!waiver) throw new NotFoundError(`There is no waiver ${id}`);
      const { serviceId, until } = waiver;
      if (until <= now) {
        throw new ConflictError(
          `The waiver ended by itself at ${toIsoInstant(
            until,
          )}; there is nothing to revoke`,
        );
      }
      await this.#status.recompute(tx, [serviceId]);
    });
  }
}
