import {
  ExperimentItem,
  ExperimentQuery,
  ExperimentTemplateItem,
  ExperimentTemplateQuery,
  History,
  HistoryQuery,
  Movers,
  MoversQuery,
  Page,
  Rollup,
  RollupQuery,
  SafetyLever,
  Service,
  ServiceCsvQuery,
  ServiceDetail,
  ServiceFacets,
  ServiceFacetsQuery,
  ServiceQuery,
  Source,
  SourceProblem,
  SourceProblemQuery,
  SourceScope,
  SourceScopeQuery,
  TicketItem,
  TicketQuery,
  TimeReport,
  UnmappedService,
  UnmappedServiceQuery,
} from 'backstage-plugin-operational-excellence-common';
import { Visibility } from '../visibility';

/** What the API reads of services; none of it shows more than is visible. */
export interface ServiceReader {
  list(query: ServiceQuery, visibility: Visibility): Promise<Page<Service>>;
  /** Lines of CSV, some thousands at a time. */
  csv(
    query: ServiceCsvQuery,
    visibility: Visibility,
  ): AsyncGenerator<string, void, undefined>;
  facets(
    query: ServiceFacetsQuery,
    visibility: Visibility,
  ): Promise<ServiceFacets>;
  /** `undefined` where there is no such service, or it is not visible. */
  get(
    entityRef: string,
    visibility: Visibility,
  ): Promise<ServiceDetail | undefined>;
  /** `undefined` where there is no such service, or it is not visible. */
  tickets(
    entityRef: string,
    query: TicketQuery,
    visibility: Visibility,
  ): Promise<Page<TicketItem> | undefined>;
  experiments(
    query: ExperimentQuery,
    visibility: Visibility,
  ): Promise<Page<ExperimentItem>>;
}

/** What the API reads of groups of services; none counts more than is visible. */
export interface RollupReader {
  list(query: RollupQuery, visibility: Visibility): Promise<Page<Rollup>>;
}

/** What the API reads of histories; none tells of services that are hidden. */
export interface HistoryReader {
  /**
   * `undefined` where there is no such service, or it is not visible.
   *
   * @throws InputError where the key does not go with what is asked for
   * @throws NotAllowedError for groups, where not all services are visible
   */
  history(
    query: HistoryQuery,
    visibility: Visibility,
  ): Promise<History | undefined>;
  /** @throws NotAllowedError for groups, where not all services are visible */
  movers(query: MoversQuery, visibility: Visibility): Promise<Movers>;
}

/** What the API reads of time; none of it counts more than is visible. */
export interface TimeReader {
  /** `undefined` where there is no such service, or it is not visible. */
  ofService(
    entityRef: string,
    visibility: Visibility,
  ): Promise<TimeReport | undefined>;
  /** `undefined` where none of the owner's services is visible. */
  ofOwner(
    ownerRef: string,
    visibility: Visibility,
  ): Promise<TimeReport | undefined>;
}

/** What the API reads of the guardrails of experiments. */
export interface GuardrailReader {
  templates(
    query: ExperimentTemplateQuery,
    visibility: Visibility,
  ): Promise<Page<ExperimentTemplateItem>>;
  safetyLevers(): Promise<{ items: SafetyLever[] }>;
}

/** What the API reads of sources; none of it shows hidden services. */
export interface SourceReader {
  list(visibility: Visibility): Promise<{ items: Source[]; asOf: string }>;
  /** `undefined` where there is no such source. */
  scopes(
    sourceId: string,
    query: SourceScopeQuery,
    visibility: Visibility,
  ): Promise<Page<SourceScope> | undefined>;
  /** `undefined` where there is no such source. */
  problems(
    sourceId: string,
    query: SourceProblemQuery,
    visibility: Visibility,
  ): Promise<Page<SourceProblem> | undefined>;
  unmapped(
    query: UnmappedServiceQuery,
    visibility: Visibility,
  ): Promise<Page<UnmappedService>>;
}

/** Makes sources synchronise before their time. */
export interface SyncRequester {
  /**
   * Makes a scope, or every scope of a source, due now, and answers how many.
   *
   * @throws NotFoundError where there is no such source, or it has no such scope
   */
  request(request: { sourceId: string; scopeKey?: string }): Promise<number>;
}
