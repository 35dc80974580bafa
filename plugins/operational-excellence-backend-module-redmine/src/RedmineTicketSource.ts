import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  AnnotationSuggestion,
  FiledTicket,
  FileTicketRequest,
  MissingContainer,
  rulesFingerprint,
  ServiceDescriptor,
  SourceSchedule,
  Ticket,
  TicketPage,
  TicketScope,
  TicketSource,
  TicketSyncScope,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { ANNOTATION_PROJECT, parseProjects } from './annotations';
import {
  Asking,
  CredentialsProof,
  RedmineApi,
  RedmineIssue,
  RedmineProject,
  RequestMeter,
} from './api';
import { RedmineSourceConfig } from './config';
import { IssueFiler } from './filing';
import {
  ChangesRun,
  ENTITY_CONTAINER,
  entityMatcher,
  filedTicket,
  findField,
  projectMatchers,
  readCursor,
  StatusDirectory,
  toTicket,
  walkIssues,
  writeCursor,
} from './issues';
import { IssueAccess, ProjectDirectory } from './projects';

/** The one scope of an instance: all issues that the user of the key sees. */
const SCOPE_KEY = 'issues';

/**
 * The issues of one Redmine. All of it is one scope, so that the number of
 * projects and services costs no requests; the container of an issue is its
 * project, or, where its custom field names a service, that of such issues.
 */
export class RedmineTicketSource implements TicketSource {
  static create(options: {
    config: RedmineSourceConfig;
    /** The ids of all instances in their order. */
    instances: readonly string[];
    api: RedmineApi;
    logger: LoggerService;
  }): RedmineTicketSource {
    return new RedmineTicketSource(options);
  }

  readonly id: string;
  readonly title: string;
  readonly annotations = [ANNOTATION_PROJECT];
  readonly schedule: SourceSchedule;
  private readonly config: RedmineSourceConfig;
  private readonly instances: readonly string[];
  private readonly api: RedmineApi;
  private readonly logger: LoggerService;
  private readonly rules: string;
  private readonly credentials: CredentialsProof;
  private readonly projects: ProjectDirectory;
  private readonly access: IssueAccess;
  private readonly statuses: StatusDirectory;
  private readonly filer: IssueFiler;
  private isEntityFieldSettled = false;

  private constructor(
    options: Parameters<(typeof RedmineTicketSource)['create']>[0],
  ) {
    const { config, instances, api, logger } = options;
    this.id = api.sourceId;
    this.title = `Redmine (${config.id})`;
    this.schedule = config.schedule;
    this.config = config;
    this.instances = instances;
    this.api = api;
    this.logger = logger;
    this.rules = rulesFingerprint([
      config.rules,
      config.projects,
      config.baseUrl,
    ]);
    this.credentials = CredentialsProof.create(api);
    this.projects = ProjectDirectory.create(api);
    this.access = IssueAccess.create(api);
    this.statuses = StatusDirectory.create(api);
    const { credentials, projects } = this;
    this.filer = IssueFiler.create({
      api,
      config,
      credentials,
      logger,
      projects,
    });
  }

  scopesFor({ annotations, entityRef }: ServiceDescriptor): TicketScope[] {
    const value = annotations[ANNOTATION_PROJECT];
    const scope = {
      key: SCOPE_KEY,
      title: 'Issues',
      url: `${this.config.baseUrl}/issues`,
    };
    const hasEntityField = this.config.rules.entityField !== null;
    const byProject =
      value === undefined
        ? []
        : parseProjects(value, {
            instance: this.config.id,
            instances: this.instances,
          }).flatMap(identifier =>
            projectMatchers(identifier, { hasEntityField }),
          );
    return [
      ...byProject.map(matcher => ({ ...scope, matcher })),
      ...(hasEntityField
        ? [{ ...scope, matcher: entityMatcher(entityRef), implicit: true }]
        : []),
    ];
  }

  async verify({ signal }: { signal: AbortSignal }): Promise<void> {
    const asking = { signal, meter: new RequestMeter() };
    await this.credentials.anew(asking);
    const projects = await this.projects.refresh(asking);
    if (projects.length === 0) {
      throw new UpstreamError({
        kind: 'forbidden',
        source: this.id,
        operation: 'GET /projects.json',
        detail:
          'the user of the API key sees no project: make the user a member of the projects, with a role that has "View issues"',
      });
    }
  }

  async *changes(
    scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ): AsyncGenerator<TicketPage> {
    const { meter, asking } = this.begin(options);
    const proof = await this.credentials.fresh(asking);
    const run = ChangesRun.from(readCursor(options.cursor, this.rules), {
      api: this.api,
      credentials: this.credentials,
      proof,
      asking,
      projectIds: (await this.projectsToRead(asking)).map(({ id }) => id),
      isLimited: this.config.projects !== null,
      overlapMs: this.config.overlapMs,
    });
    let cursor = '';
    let issues = 0;
    for await (const page of run.pages()) {
      cursor = writeCursor(page.cursor);
      issues += page.issues.length;
      const { tickets, removed } = await this.ticketsOf(page.issues, asking);
      yield { tickets, removed, cursor, requests: meter.take() };
    }
    if (options.cursor === undefined && issues > 0) this.noteEntityField();
    const missing = await this.missing(scope.containers, asking);
    const requests = meter.take();
    if (missing.length > 0 || requests > 0) {
      yield { tickets: [], cursor, requests, missing };
    }
  }

  async *reconcile(
    _: TicketSyncScope,
    options: { signal: AbortSignal },
  ): AsyncGenerator<string[]> {
    const { asking } = this.begin(options);
    const prove = () => this.credentials.anew(asking);
    await prove();
    const parts =
      this.config.projects === null
        ? [{}]
        : (await this.projectsToRead(asking)).map(({ id }) => ({
            projectId: id,
          }));
    for (const part of parts) {
      const from = { ...part, after: 0 };
      for await (const { issues } of walkIssues(this.api, from, {
        asking,
        prove,
      })) {
        yield issues.map(({ id }) => String(id));
      }
    }
  }

  suggestionsFor({
    entityRef,
    title,
  }: ServiceDescriptor): AnnotationSuggestion[] {
    const names = [parseEntityRef(entityRef).name, title].map(text =>
      text.trim().toLowerCase(),
    );
    const known = this.projects.known();
    const isNamed = (project: RedmineProject) =>
      names.includes(project.identifier);
    const isTitled = (project: RedmineProject) =>
      names.includes(project.name.trim().toLowerCase());
    const suggested = new Set([
      ...known.filter(isNamed),
      ...known.filter(isTitled),
    ]);
    return [...suggested].map(({ identifier }) => ({
      annotation: ANNOTATION_PROJECT,
      value: this.annotationOf(identifier),
    }));
  }

  async file(
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    const { asking } = this.begin(options);
    const { idempotencyKey } = options;
    const issue = await this.filer.file(request, idempotencyKey, asking);
    return filedTicket(issue, this.config.baseUrl);
  }

  async findFiled(
    idempotencyKey: string,
    _: TicketSyncScope,
    options: { signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    const { asking } = this.begin(options);
    const issue = await this.filer.find(idempotencyKey, asking);
    return issue && filedTicket(issue, this.config.baseUrl);
  }

  private begin({ signal }: { signal: AbortSignal }): {
    meter: RequestMeter;
    asking: Asking;
  } {
    const meter = new RequestMeter();
    return { meter, asking: { signal, meter } };
  }

  private async projectsToRead(asking: Asking): Promise<RedmineProject[]> {
    const listed = await this.projects.list(asking);
    if (this.config.projects === null) return listed;
    const projects: RedmineProject[] = [];
    for (const identifier of this.config.projects) {
      const project = await this.projects.find(identifier, asking);
      if (project) projects.push(project);
    }
    return projects;
  }

  private async ticketsOf(
    issues: RedmineIssue[],
    asking: Asking,
  ): Promise<{ tickets: Ticket[]; removed?: string[] }> {
    const { baseUrl, projects, rules } = this.config;
    const { entityField } = rules;
    const tickets: Ticket[] = [];
    const removed: string[] = [];
    for (const issue of issues) {
      this.access.noteShown(issue.project.id);
      if (entityField !== null && findField(issue, entityField)) {
        this.isEntityFieldSettled = true;
      }
      const found = await this.projects.find(issue.project.id, asking);
      // No annotation names a number; the custom field may still name a service.
      const project = found?.identifier ?? String(issue.project.id);
      if (projects && !projects.includes(project)) {
        // It may have been in one of them before.
        removed.push(String(issue.id));
      } else {
        const isClosed = await this.statuses.isClosed(issue, asking);
        tickets.push(toTicket(issue, { baseUrl, project, isClosed, rules }));
      }
    }
    return { tickets, removed: removed.length > 0 ? removed : undefined };
  }

  /** The projects that services name, and that are not there, or not for us. */
  private async missing(
    containers: readonly string[],
    asking: Asking,
  ): Promise<MissingContainer[]> {
    const { key, projects: limits } = this.config;
    const missing: MissingContainer[] = [];
    const found: RedmineProject[] = [];
    for (const container of containers) {
      if (container === ENTITY_CONTAINER) continue;
      const project = await this.projects.find(container, asking);
      if (!project) {
        missing.push({
          container,
          message: `There is no project ${container}, or the user of the API key does not see it`,
          suggestion: this.suggestionFor(container),
        });
      } else if (limits && !limits.includes(container)) {
        missing.push({
          container,
          message: `The project ${container} is not read: add it to ${key}.projects`,
        });
      } else {
        found.push(project);
      }
    }
    const hidden = await this.access.hidden(
      found.map(({ id }) => id),
      asking,
    );
    for (const { id, identifier } of found) {
      if (!hidden.has(id)) continue;
      missing.push({
        container: identifier,
        message: `The project ${identifier} shows no issues: give the user of the API key a role with "View issues" there, and switch on its module "Issue tracking"`,
      });
    }
    return missing;
  }

  private suggestionFor(container: string): string | undefined {
    const nearest = this.projects.suggestionFor(container);
    return nearest === undefined ? undefined : this.annotationOf(nearest);
  }

  /** How an annotation names a project of this instance. */
  private annotationOf(identifier: string): string {
    const { id } = this.config;
    return this.instances[0] === id ? identifier : `${id}/${identifier}`;
  }

  /** Says once that no issue has the configured field, which would hide a mistake. */
  private noteEntityField(): void {
    const { key, rules } = this.config;
    if (rules.entityField === null || this.isEntityFieldSettled) return;
    this.isEntityFieldSettled = true;
    this.logger.warn(
      `${this.id}: none of the issues read has the custom field ${rules.entityField} of ${key}.entityField; check its name or number, that it is there for the projects and trackers, and that the user of the API key sees it`,
    );
  }
}
