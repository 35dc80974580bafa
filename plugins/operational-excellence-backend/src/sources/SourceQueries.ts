import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Instant,
  Page,
  Source,
  SourceProblem,
  SourceProblemQuery,
  SourceScope,
  SourceScopeQuery,
  toIsoInstant,
  UnmappedService,
  UnmappedServiceQuery,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { Visibility } from '../visibility/Visibility';
import { listProblems } from './listProblems';
import { listScopes } from './listScopes';
import { listSources } from './listSources';
import { listUnmapped } from './listUnmapped';
import { SourceRegistry } from './SourceRegistry';

export interface SourceQueriesOptions {
  db: Knex;
  logger: LoggerService;
  sources: SourceRegistry;
  now?: () => Instant;
}

/**
 * Reads how the connected sources and their scopes fare, and what services name
 * in them. Services are shown and counted as far as they are visible.
 */
export class SourceQueries {
  readonly #db: Knex;
  readonly #logger: LoggerService;
  readonly #now: () => Instant;
  readonly #sources: SourceRegistry;

  static create(options: SourceQueriesOptions) {
    return new SourceQueries(options);
  }

  private constructor(options: SourceQueriesOptions) {
    this.#db = options.db;
    this.#logger = options.logger;
    this.#sources = options.sources;
    this.#now = options.now ?? Date.now;
  }

  /** All connected sources. */
  async list(
    visibility: Visibility,
  ): Promise<{ items: Source[]; asOf: string }> {
    const now = this.#now();
    const items = await listSources(this.#db, this.#sources, {
      visibility,
      now,
    });
    return { items, asOf: toIsoInstant(now) };
  }

  /**
   * The active scopes of a source in the order of their keys; `undefined` where
   * no such source is connected.
   */
  async scopes(
    sourceId: string,
    query: SourceScopeQuery,
    visibility: Visibility,
  ): Promise<Page<SourceScope> | undefined> {
    if (!this.#sources.get(sourceId)) return undefined;
    const now = this.#now();
    return listScopes(this.#db, sourceId, { query, visibility, now });
  }

  /**
   * What services name in a source that does not exist or cannot be read, in the
   * order of their references; `undefined` where no such source is connected.
   */
  async problems(
    sourceId: string,
    query: SourceProblemQuery,
    visibility: Visibility,
  ): Promise<Page<SourceProblem> | undefined> {
    const source = this.#sources.get(sourceId);
    if (!source) return undefined;
    const now = this.#now();
    return listProblems(this.#db, source, { query, visibility, now });
  }

  /**
   * The services that name nothing in any source of a kind, in the order of their
   * references.
   */
  async unmapped(
    query: UnmappedServiceQuery,
    visibility: Visibility,
  ): Promise<Page<UnmappedService>> {
    return listUnmapped(this.#db, this.#sources, {
      query,
      visibility,
      logger: this.#logger,
      now: this.#now(),
    });
  }
}
