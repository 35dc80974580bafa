import { Knex } from 'knex';

/** The group of all experiment scopes. */
export const EXPERIMENTS_GROUP = 'experiments';

/**
 * Sets of scopes that the figures of services depend on. When a scope has
 * answered, its groups are renewed: one row per set instead of one per service.
 */
export class ScopeGroups {
  static create(): ScopeGroups {
    return new ScopeGroups();
  }

  private constructor() {}

  /** The groups of several sets of scopes, created where missing, in order. */
  async groupsFor(
    _tx: Knex.Transaction,
    _sets: readonly (readonly number[])[],
  ): Promise<(string | null)[]> {
    throw new Error('Not written yet');
  }

  /** The group of a set of scopes, `null` for the empty one. */
  async groupFor(
    tx: Knex.Transaction,
    scopeIds: readonly number[],
  ): Promise<string | null> {
    return (await this.groupsFor(tx, [scopeIds]))[0];
  }

  /**
   * Renews the groups that a scope is in. Called in the transaction that changed
   * the scope's last success, tolerance or activity, after that change and after
   * services were recomputed.
   */
  async renew(_tx: Knex.Transaction, _scopeId: number): Promise<void> {
    throw new Error('Not written yet');
  }

  /**
   * Makes these the scopes of {@link EXPERIMENTS_GROUP}. Called whenever the
   * connected experiment sources may name other scopes than before.
   */
  async setExperimentScopes(
    _tx: Knex.Transaction,
    _scopeIds: readonly number[],
  ): Promise<void> {
    throw new Error('Not written yet');
  }
}
