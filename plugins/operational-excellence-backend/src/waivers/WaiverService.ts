import {
  Instant,
  Measure,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { StatusUpdater } from '../status';

/** A time-limited, reasoned exception to one measure of one service. */
export interface WaiverGrant {
  entityRef: string;
  measure: Measure;
  reason: string;
  /** The entity reference of who approves it. */
  approver: string;
  until: Instant;
}

/** Grants and revokes waivers. The status of the service follows at once. */
export class WaiverService {
  readonly #db: Knex;
  readonly #status: StatusUpdater;

  static create(options: {
    db: Knex;
    status: StatusUpdater;
    now?: () => Instant;
  }) {
    return new WaiverService(options);
  }

  private constructor(options: { db: Knex; status: StatusUpdater }) {
    this.#db = options.db;
    this.#status = options.status;
  }

  /**
   * @returns the id of the waiver
   * @throws NotFoundError where the service is not known
   */
  async grant(_waiver: WaiverGrant): Promise<string> {
    await this.#db.transaction(tx => this.#status.recompute(tx, []));
    throw new Error('Not written yet');
  }

  /** @throws NotFoundError where there is no such waiver */
  async revoke(_id: string): Promise<void> {
    throw new Error('Not written yet');
  }
}
