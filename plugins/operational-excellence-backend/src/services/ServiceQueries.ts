import {
  ExperimentItem,
  ExperimentQuery,
  Instant,
  Page,
  Policy,
  Service,
  ServiceDetail,
  ServiceFacets,
  ServiceFilter,
  ServiceQuery,
  TicketItem,
  TicketQuery,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { Visibility } from '../visibility/Visibility';

export interface ServiceQueriesOptions {
  db: Knex;
  policies: readonly Policy[];
  /** The titles of the connected sources, by id. */
  sourceTitles?: ReadonlyMap<string, string>;
  now?: () => Instant;
}

/** Reads services and what is stored about them, as far as it is visible. */
export class ServiceQueries {
  static create(options: ServiceQueriesOptions): ServiceQueries {
    return new ServiceQueries(options);
  }

  private constructor(_options: ServiceQueriesOptions) {}

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    _query: ServiceQuery,
    _visibility: Visibility,
  ): Promise<Page<Service>> {
    throw new Error('Not written yet');
  }

  /** `undefined` where there is no such service, or it is not visible. */
  async get(
    _entityRef: string,
    _visibility: Visibility,
  ): Promise<ServiceDetail | undefined> {
    throw new Error('Not written yet');
  }

  /** What the services that a filter leaves can be filtered by further. */
  async facets(
    _filter: ServiceFilter,
    _visibility: Visibility,
  ): Promise<ServiceFacets> {
    throw new Error('Not written yet');
  }

  /** `undefined` where there is no such service, or it is not visible. */
  async tickets(
    _entityRef: string,
    _query: TicketQuery,
    _visibility: Visibility,
  ): Promise<Page<TicketItem> | undefined> {
    throw new Error('Not written yet');
  }

  /** Experiments; those that exercise no visible service only where all are. */
  async experiments(
    _query: ExperimentQuery,
    _visibility: Visibility,
  ): Promise<Page<ExperimentItem>> {
    throw new Error('Not written yet');
  }
}
