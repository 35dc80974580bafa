import {
  ExperimentItem,
  ExperimentQuery,
  Instant,
  Page,
  Policy,
  Service,
  ServiceCsvQuery,
  ServiceDetail,
  ServiceFacets,
  ServiceFacetsQuery,
  ServiceQuery,
  TicketItem,
  TicketQuery,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { primaryOnly, ReadDatabase } from '../database/replica';
import { Visibility } from '../visibility/Visibility';
import { servicesCsv } from './csv/servicesCsv';
import { getService } from './getService';
import { listExperiments } from './listExperiments';
import { listServices } from './listServices';
import { listTickets } from './listTickets';
import { readFacets } from './readFacets';
import { visibleServiceId } from './visibleServiceId';

export interface ServiceQueriesOptions {
  db: Knex;
  /** Where lists of services are read; `db`, where left out. */
  reads?: ReadDatabase;
  policies: readonly Policy[];
  /** The titles of the connected sources, by id. */
  sourceTitles?: ReadonlyMap<string, string>;
  now?: () => Instant;
}

/**
 * Reads services and what is stored about them, as far as it is visible. Each
 * answer takes a constant number of queries, however many services there are.
 */
export class ServiceQueries {
  readonly #db: Knex;
  readonly #reads: ReadDatabase;
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #sourceTitles: ReadonlyMap<string, string>;
  readonly #now: () => Instant;

  static create(options: ServiceQueriesOptions): ServiceQueries {
    return new ServiceQueries(options);
  }

  private constructor(options: ServiceQueriesOptions) {
    this.#db = options.db;
    this.#reads = options.reads ?? primaryOnly(options.db);
    this.#policies = new Map(options.policies.map(item => [item.id, item]));
    this.#sourceTitles = options.sourceTitles ?? new Map();
    this.#now = options.now ?? Date.now;
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: ServiceQuery,
    visibility: Visibility,
  ): Promise<Page<Service>> {
    const options = { now: this.#now(), policies: this.#policies, visibility };
    return this.#reads.read(db => listServices(db, query, options));
  }

  /**
   * All services that a query matches, as lines of CSV.
   *
   * @throws InputError with the first line where the query names what is not there
   */
  csv(
    query: ServiceCsvQuery,
    visibility: Visibility,
  ): AsyncGenerator<string, void, undefined> {
    return servicesCsv(this.#reads.current(), query, {
      now: this.#now(),
      visibility,
    });
  }

  /** `undefined` where there is no such service, or it is not visible. */
  async get(
    entityRef: string,
    visibility: Visibility,
  ): Promise<ServiceDetail | undefined> {
    return getService(this.#db, entityRef, visibility, {
      now: this.#now(),
      policies: this.#policies,
      sourceTitles: this.#sourceTitles,
    });
  }

  /** What the services that a filter leaves can be filtered by further. */
  async facets(
    query: ServiceFacetsQuery,
    visibility: Visibility,
  ): Promise<ServiceFacets> {
    const now = this.#now();
    return this.#reads.read(db => readFacets(db, query, visibility, { now }));
  }

  /**
   * `undefined` where there is no such service, or it is not visible.
   *
   * @throws InputError where the cursor does not belong to the query
   */
  async tickets(
    entityRef: string,
    query: TicketQuery,
    visibility: Visibility,
  ): Promise<Page<TicketItem> | undefined> {
    const serviceId = await visibleServiceId(this.#db, entityRef, visibility);
    return serviceId === undefined
      ? undefined
      : listTickets(this.#db, serviceId, query, { now: this.#now() });
  }

  /**
   * Experiments; those that exercise no visible service only for who sees all.
   *
   * @throws InputError where the cursor does not belong to the query
   */
  async experiments(
    query: ExperimentQuery,
    visibility: Visibility,
  ): Promise<Page<ExperimentItem>> {
    return listExperiments(this.#db, query, visibility, { now: this.#now() });
  }
}
