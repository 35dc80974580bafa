import {
  Experiment,
  KnownExperiment,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';

/** What a source delivered of one of its scopes. */
export interface StoredExperimentPage {
  sourceId: string;
  scopeId: number;
  /** Of several with the same external id, the last one is taken. */
  experiments: Experiment[];
}

/**
 * Keeps the experiments of all sources, whatever becomes of them upstream, and
 * which services they exercise.
 *
 * @remarks
 *
 * An experiment exercises the services that it names, those whose annotations
 * name its template, and those of which it carries all the tags. Tags of its
 * template count as its own. Once stored in a final state, a version in another
 * state is stale and is dropped.
 */
export class ExperimentStore {
  static create(): ExperimentStore {
    return new ExperimentStore();
  }

  private constructor() {}

  /**
   * Stores a page and renews which services its experiments exercise.
   *
   * @returns the ids of the services whose figures may have changed
   */
  async storePage(
    _tx: Knex.Transaction,
    _page: StoredExperimentPage,
  ): Promise<number[]> {
    throw new Error('Not written yet');
  }

  /** What is stored of those of the experiments that are. */
  async known(
    _db: Knex,
    _sourceId: string,
    _externalIds: string[],
  ): Promise<Map<string, KnownExperiment>> {
    throw new Error('Not written yet');
  }

  /**
   * Renews which stored experiments exercise some services, after their
   * `experiment_matchers` changed in the same transaction or they are new.
   */
  async rematch(_tx: Knex.Transaction, _serviceIds: number[]): Promise<void> {
    throw new Error('Not written yet');
  }
}
