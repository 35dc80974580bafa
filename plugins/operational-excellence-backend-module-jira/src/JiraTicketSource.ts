import {
  AnnotationSuggestion,
  FiledTicket,
  FileTicketRequest,
  HintedTickets,
  MalformedAnnotationError,
  ServiceDescriptor,
  SourceEvents,
  SourceSchedule,
  TicketPage,
  TicketScope,
  TicketSource,
  TicketSyncScope,
} from 'backstage-plugin-operational-excellence-node';
import {
  ANNOTATION_PROJECT_KEY,
  ANNOTATION_QUERY,
  ANNOTATIONS,
  entityQuery,
  InstanceNames,
  NamedProject,
  namedFacets,
  namedProjects,
} from './annotations';
import { JiraApi } from './api';
import { JiraSourceConfig } from './config';
import { hintsOf, topicOf } from './events';
import { IssueFiling } from './filing';
import { ScopeReader } from './issues';
import { batchKey, ProjectDirectory, queryScopeKey } from './projects';

/**
 * The issues of one Jira instance. A scope is a batch of projects, whose keys are
 * the containers of tickets, or the own query of a service.
 */
export class JiraTicketSource implements TicketSource {
  static create(options: {
    id: string;
    config: JiraSourceConfig;
    instances: InstanceNames;
    api: JiraApi;
    projects: ProjectDirectory;
    reader: ScopeReader;
    filing: IssueFiling;
  }): JiraTicketSource {
    return new JiraTicketSource(options);
  }

  readonly id: string;
  readonly title: string;
  readonly annotations = ANNOTATIONS;
  /** The search lags behind by up to minutes. */
  readonly findableAfter = 'PT10M';
  readonly schedule: SourceSchedule;
  readonly events: SourceEvents;
  private readonly config: JiraSourceConfig;
  private readonly instances: InstanceNames;
  private readonly api: JiraApi;
  private readonly projects: ProjectDirectory;
  private readonly reader: ScopeReader;
  private readonly filing: IssueFiling;

  private constructor(
    options: Parameters<(typeof JiraTicketSource)['create']>[0],
  ) {
    const { id, config, instances, api, projects, reader, filing } = options;
    this.id = id;
    this.title = `Jira (${config.id})`;
    this.schedule = config.schedule;
    this.events = {
      topics: [topicOf(config.id)],
      hintsOf: event => hintsOf(event, config.batches),
    };
    this.config = config;
    this.instances = instances;
    this.api = api;
    this.projects = projects;
    this.reader = reader;
    this.filing = filing;
  }

  scopesFor(service: ServiceDescriptor): TicketScope[] {
    const named = namedProjects(service, this.instances);
    const query = this.queryScopes(service, named);
    if (query) return query;
    const facetSets = namedFacets(service);
    return named
      .filter(({ instance }) => instance === this.config.id)
      .flatMap(({ key }) => {
        const scopeKey = batchKey(key, this.config.batches);
        return facetSets.map(allOf => ({
          key: scopeKey,
          title: `${this.config.id}: ${scopeKey}`,
          matcher: { container: key, ...(allOf.length > 0 && { allOf }) },
        }));
      });
  }

  async verify(options: { signal: AbortSignal }): Promise<void> {
    await this.api.provesCredentials(options.signal);
    await this.projects.load(options.signal);
  }

  changes(
    scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ): AsyncGenerator<TicketPage> {
    return this.reader.changes(scope, options);
  }

  reconcile(
    scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): AsyncGenerator<string[]> {
    return this.reader.ids(scope, options);
  }

  readHinted(
    scope: TicketSyncScope,
    options: { refs: readonly string[]; signal: AbortSignal },
  ): AsyncGenerator<HintedTickets> {
    return this.reader.hinted(scope, options);
  }

  suggestionsFor(service: ServiceDescriptor): AnnotationSuggestion[] {
    const name = service.entityRef.slice(
      service.entityRef.lastIndexOf('/') + 1,
    );
    const project =
      this.projects.named(service.title) ?? this.projects.named(name);
    if (!project) return [];
    const { id, isDefault } = this.config;
    return [
      {
        annotation: ANNOTATION_PROJECT_KEY,
        value: isDefault ? project.key : `${id}/${project.key}`,
      },
    ];
  }

  file(
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    return this.filing.file(request, options);
  }

  findFiled(
    idempotencyKey: string,
    scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    return this.filing.find(idempotencyKey, scope, options.signal);
  }

  /**
   * The scope of a service's own query, which counts instead of its projects; in
   * the instance of its first project, or in the default one.
   */
  private queryScopes(
    service: ServiceDescriptor,
    named: readonly NamedProject[],
  ): TicketScope[] | undefined {
    const value = service.annotations[ANNOTATION_QUERY];
    if (value === undefined) return undefined;
    const { id, entityQueries, key } = this.config;
    const instance = named[0]?.instance ?? this.instances.defaultId;
    if (instance !== id) return [];
    if (!entityQueries) {
      throw new MalformedAnnotationError(
        ANNOTATION_QUERY,
        value,
        `no query, because ${key}.entityQueries is not true: whoever can edit an entity could count what the account of the portal sees`,
      );
    }
    const query = entityQuery(service);
    return (
      query && [
        {
          key: queryScopeKey(query.hash),
          title: `${id}: ${query.jql}`,
          url: `${this.config.baseUrl}/issues/?jql=${encodeURIComponent(
            query.jql,
          )}`,
          matcher: { container: query.jql },
        },
      ]
    );
  }
}
