import {
  FiledTicket,
  FileTicketRequest,
  TicketSyncScope,
  UpstreamError,
  webUrl,
} from 'backstage-plugin-operational-excellence-node';
import { componentFacet } from '../annotations';
import { JiraApi } from '../api';
import { JiraSourceConfig } from '../config';
import { isQueryScopeKey, ProjectDirectory, scopedId } from '../projects';
import { explainRefusal } from './explainRefusal';
import { markerLabel } from './markerLabel';
import { newIssueFields } from './newIssue';

const COMPONENT = 'component:';
const LABEL = 'label:';

/** Creates issues, and finds those that it created. */
export class IssueFiling {
  static create(options: {
    config: JiraSourceConfig;
    sourceId: string;
    api: JiraApi;
    projects: ProjectDirectory;
  }): IssueFiling {
    const { config, sourceId, api, projects } = options;
    return new IssueFiling(config, sourceId, api, projects);
  }

  private constructor(
    private readonly config: JiraSourceConfig,
    private readonly sourceId: string,
    private readonly api: JiraApi,
    private readonly projects: ProjectDirectory,
  ) {}

  async file(
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    const { idempotencyKey, signal } = options;
    const projectKey = this.projectOf(request.scopeKey, request.container);
    const facets = request.allOf ?? [];
    const components = await this.componentsFor(projectKey, facets, signal);
    const fields = newIssueFields(request, {
      config: this.config,
      projectKey,
      marker: markerLabel(idempotencyKey),
      components,
      labels: facets
        .filter(facet => facet.startsWith(LABEL))
        .map(facet => facet.slice(LABEL.length)),
      description: this.api.description(request.description),
    });
    try {
      return this.filed(
        request.scopeKey,
        await this.api.create(fields, signal),
      );
    } catch (error) {
      throw explainRefusal(error, this.config);
    }
  }

  async find(
    idempotencyKey: string,
    scope: TicketSyncScope,
    signal: AbortSignal,
  ): Promise<FiledTicket | undefined> {
    const { project } = this.config.file;
    // The search finds nothing just as well where the credentials are not valid.
    await this.api.provesCredentials(signal);
    await this.projects.load(signal);
    const projectKeys = isQueryScopeKey(scope.key)
      ? [project].filter(key => key !== undefined)
      : scope.containers;
    // A copy of an issue has its labels, too; it is not the first.
    const [issue] = await this.api.labelled(
      markerLabel(idempotencyKey),
      projectKeys.filter(key => this.projects.has(key)),
      signal,
    );
    return issue && this.filed(scope.key, issue);
  }

  private filed(
    scopeKey: string,
    { id, key }: { id: string; key: string },
  ): FiledTicket {
    const { baseUrl } = this.config;
    return {
      externalId: scopedId(scopeKey, id),
      key,
      url: webUrl(`${baseUrl}/browse/${key}`),
    };
  }

  private projectOf(scopeKey: string, container: string): string {
    if (!isQueryScopeKey(scopeKey)) return container;
    const { key, file } = this.config;
    if (file.project) return file.project;
    throw this.refused(
      `the service has a query of its own, which does not say where tickets go: set ${key}.file.project`,
    );
  }

  /** Components by the facets that name them without regard to case. */
  private async componentsFor(
    projectKey: string,
    facets: readonly string[],
    signal: AbortSignal,
  ): Promise<{ id: string }[]> {
    const wanted = facets.filter(facet => facet.startsWith(COMPONENT));
    if (wanted.length === 0) return [];
    const known = await this.api.components(projectKey, signal);
    return wanted.map(facet => {
      const found = known.find(({ name }) => componentFacet(name) === facet);
      if (found) return { id: found.id };
      throw this.refused(
        `the project ${projectKey} has no component '${facet.slice(
          COMPONENT.length,
        )}', which the service names: create it, or correct the annotation`,
      );
    });
  }

  private refused(detail: string): UpstreamError {
    return new UpstreamError({
      kind: 'rejected',
      source: this.sourceId,
      operation: 'filing a ticket',
      detail,
    });
  }
}
