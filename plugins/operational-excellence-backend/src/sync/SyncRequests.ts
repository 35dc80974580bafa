import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { SourceRegistry } from '../sources';
import { ScopeClaims } from './ScopeClaims';
import { SyncEngine } from './SyncEngine';

/** Makes sources synchronise before their time. */
export class SyncRequests {
  readonly #options: {
    claims: ScopeClaims;
    db: Knex;
    engine: SyncEngine;
    sources: SourceRegistry;
  };

  static create(options: {
    claims: ScopeClaims;
    db: Knex;
    engine: SyncEngine;
    sources: SourceRegistry;
  }) {
    return new SyncRequests(options);
  }

  private constructor(options: {
    claims: ScopeClaims;
    db: Knex;
    engine: SyncEngine;
    sources: SourceRegistry;
  }) {
    this.#options = options;
  }

  /**
   * Makes a scope, or every scope of a source, due now, and answers how many.
   *
   * @throws NotFoundError where there is no such source, or it has no such scope
   */
  async request(request: {
    sourceId: string;
    scopeKey?: string;
  }): Promise<number> {
    const { sourceId, scopeKey: key } = request;
    const scopes = await this.requestIfTracked(request);
    if (scopes === 0 && key !== undefined) {
      throw new NotFoundError(`The source ${sourceId} has no scope ${key}`);
    }
    return scopes;
  }

  /**
   * The same, for who cannot know which scopes there are; 0 where there is no
   * such scope.
   *
   * @throws NotFoundError where there is no such source
   */
  async requestIfTracked(request: {
    sourceId: string;
    scopeKey?: string;
  }): Promise<number> {
    const { claims, db, engine, sources } = this.#options;
    const { sourceId, scopeKey: key } = request;
    if (!sources.get(sourceId)) {
      throw new NotFoundError(`There is no source ${sourceId}`);
    }
    const scopes = await claims.request(db, { sourceId, key });
    engine.wake();
    return scopes;
  }
}
