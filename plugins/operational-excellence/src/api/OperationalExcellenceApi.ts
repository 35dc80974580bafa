import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ExperimentItem,
  Page,
  Service,
  ServiceDetail,
  ServiceFacets,
  Source,
  SourceProblem,
  SourceScope,
  TicketItem,
  UnmappedService,
} from 'backstage-plugin-operational-excellence-common';

/**
 * The parameters of a request, by their names in the API. Several values of one
 * parameter are alternatives.
 *
 * @public
 */
export type OperationalExcellenceQuery = Record<
  string,
  string | number | readonly string[] | undefined
>;

/** @public */
export interface OperationalExcellenceRequestOptions {
  signal?: AbortSignal;
}

/**
 * Reads the figures of services and the state of their sources.
 *
 * @remarks
 *
 * Every method throws a `ResponseError` with the backend's message where the
 * backend refuses.
 *
 * @public
 */
export interface OperationalExcellenceApi {
  getServices(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<Service>>;
  getServiceFacets(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ServiceFacets>;
  getService(
    entityRef: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ServiceDetail>;
  getTickets(
    entityRef: string,
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<TicketItem>>;
  getExperiments(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<ExperimentItem>>;
  getSources(
    options?: OperationalExcellenceRequestOptions,
  ): Promise<{ items: Source[]; asOf: string }>;
  getSourceScopes(
    sourceId: string,
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<SourceScope>>;
  /** What services name in a source that does not exist or cannot be read. */
  getSourceProblems(
    sourceId: string,
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<SourceProblem>>;
  /** The services that name nothing in any source of a kind. */
  getUnmappedServices(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<UnmappedService>>;
  /** Asks a source, or one of its scopes, to synchronise now. */
  syncSource(
    sourceId: string,
    request?: { scope?: string },
  ): Promise<{ scopes: number }>;
}

/** @public */
export const operationalExcellenceApiRef =
  createApiRef<OperationalExcellenceApi>({
    id: 'plugin.operational-excellence.service',
  });
