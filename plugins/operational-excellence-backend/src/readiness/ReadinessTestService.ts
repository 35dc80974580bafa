import { Knex } from 'knex';
import { StatusUpdater } from '../status';
import { ReadinessTest } from './ReadinessTestStore';

/** A readiness test that was performed on a service. */
export type ReadinessTestRecord = Omit<ReadinessTest, 'id'> & {
  entityRef: string;
};

/** Records readiness tests. The status of the service follows at once. */
export class ReadinessTestService {
  readonly #db: Knex;
  readonly #status: StatusUpdater;

  static create(options: { db: Knex; status: StatusUpdater }) {
    return new ReadinessTestService(options);
  }

  private constructor(options: { db: Knex; status: StatusUpdater }) {
    this.#db = options.db;
    this.#status = options.status;
  }

  /**
   * @returns the id of the test
   * @throws NotFoundError where the service is not known
   */
  async record(_test: ReadinessTestRecord): Promise<string> {
    await this.#db.transaction(tx => this.#status.recompute(tx, []));
    throw new Error('Not written yet');
  }
}
