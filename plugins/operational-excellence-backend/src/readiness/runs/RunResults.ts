import { Knex } from 'knex';
import { StatusUpdater } from '../../status';
import { ReadinessTestStore } from '../ReadinessTestStore';
import { ReadinessRun } from './runRows';
import { RunStore } from './RunStore';

export interface RunResultsOptions {
  runs: RunStore;
  status: StatusUpdater;
}

/** Writes what became of tests; what counts from now on, counts at once. */
export class RunResults {
  readonly #runs: RunStore;
  readonly #status: StatusUpdater;
  readonly #tests = ReadinessTestStore.create();

  static create(options: RunResultsOptions) {
    return new RunResults(options);
  }

  private constructor({ runs, status }: RunResultsOptions) {
    this.#runs = runs;
    this.#status = status;
  }

  async store(tx: Knex.Transaction, run: ReadinessRun): Promise<void> {
    await this.#runs.update(tx, run);
    const { performedAt, verdict } = run;
    if (run.state !== 'finished' || performedAt === null || verdict === null) {
      return;
    }
    await this.#tests.add(tx, run.serviceId, { ...run, performedAt, verdict });
    await this.#status.recompute(tx, [run.serviceId]);
  }
}
