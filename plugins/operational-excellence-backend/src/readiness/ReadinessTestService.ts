import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { knownServiceId } from '../services/knownService';
import { StatusUpdater } from '../status';
import { ReadinessTest, ReadinessTestStore } from './ReadinessTestStore';
import { runOfResult, RunStore } from './runs';

/** A readiness test that was performed on a service. */
export type ReadinessTestRecord = Omit<ReadinessTest, 'id'> & {
  entityRef: string;
};

export interface ReadinessTestServiceOptions {
  db: Knex;
  status: StatusUpdater;
}

/** Records readiness tests. The status of the service follows at once. */
export class ReadinessTestService {
  readonly #db: Knex;
  readonly #status: StatusUpdater;
  readonly #runs = RunStore.create();
  readonly #tests = ReadinessTestStore.create();

  static create(options: ReadinessTestServiceOptions): ReadinessTestService {
    return new ReadinessTestService(options);
  }

  private constructor(options: ReadinessTestServiceOptions) {
    this.#db = options.db;
    this.#status = options.status;
  }

  /**
   * @returns the id of the test
   * @throws NotFoundError where the service is not known
   */
  async record(record: ReadinessTestRecord): Promise<string> {
    const { entityRef, ...test } = record;
    const id = randomUUID();
    // In one transaction, so that no test is stored that the status ignores.
    await this.#db.transaction(async tx => {
      const serviceId = await knownServiceId(tx, entityRef);
      await this.#runs.add(tx, runOfResult({ id, serviceId, ...test }));
      await this.#tests.add(tx, serviceId, { id, ...test });
      await this.#status.recompute(tx, [serviceId]);
    });
    return id;
  }
}
