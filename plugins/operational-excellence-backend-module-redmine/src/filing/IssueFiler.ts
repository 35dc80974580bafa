import { LoggerService } from '@backstage/backend-plugin-api';
import {
  FileTicketRequest,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import {
  Asking,
  CredentialsProof,
  IssueDraft,
  Named,
  RedmineApi,
  RedmineIssue,
  RedmineProject,
} from '../api';
import { RedmineSourceConfig } from '../config';
import { entityRefsOf, findField, projectOf } from '../issues';
import { ProjectDirectory } from '../projects';
import { hasMarker, markerWord, withMarker } from './marker';
import { subjectAndDescription } from './subject';
import { textileOf } from './textile';

/** More pages of issues that mention one key than there can be. */
const MAX_PAGES = 10;

/** Creates issues, and finds those that it created. */
export class IssueFiler {
  static create(options: {
    api: RedmineApi;
    config: RedmineSourceConfig;
    credentials: CredentialsProof;
    logger: LoggerService;
    projects: ProjectDirectory;
  }): IssueFiler {
    return new IssueFiler(options);
  }

  private readonly api: RedmineApi;
  private readonly config: RedmineSourceConfig;
  private readonly credentials: CredentialsProof;
  private readonly logger: LoggerService;
  private readonly projects: ProjectDirectory;

  private constructor(options: Parameters<(typeof IssueFiler)['create']>[0]) {
    this.api = options.api;
    this.config = options.config;
    this.credentials = options.credentials;
    this.logger = options.logger;
    this.projects = options.projects;
  }

  async file(
    request: FileTicketRequest,
    idempotencyKey: string,
    asking: Asking,
  ): Promise<RedmineIssue> {
    // To a wrong key the issue could be one of an anonymous visitor.
    await this.credentials.fresh(asking);
    const draft = await this.draftOf(request, idempotencyKey, asking);
    const issue = await this.api.createIssue(draft, asking);
    const { entityField } = this.config.rules;
    if (
      entityField !== null &&
      !entityRefsOf(issue, this.config.rules).includes(request.entityRef)
    ) {
      this.logger.warn(
        `${this.api.sourceId}: Redmine left out the custom field ${entityField} of issue ${issue.id}, which names ${request.entityRef}; add the field to the project and the tracker`,
      );
    }
    return issue;
  }

  /** The issue that was filed under a key: the oldest, for people copy issues. */
  async find(
    idempotencyKey: string,
    asking: Asking,
  ): Promise<RedmineIssue | undefined> {
    // To a wrong key there would be none.
    await this.credentials.anew(asking);
    const word = markerWord(idempotencyKey);
    let fromId = 1;
    for (let page = 0; page < MAX_PAGES; page++) {
      const { issues, total, limit } = await this.api.ownIssuesWith(
        word,
        fromId,
        asking,
      );
      const filed = issues.find(({ description }) =>
        hasMarker(description, idempotencyKey),
      );
      if (filed) return filed;
      if (issues.length < Math.min(total, limit)) {
        throw this.api.invalidAnswer(
          'GET /issues.json',
          `it counts ${total} issues and names ${issues.length}`,
        );
      }
      if (issues.length === total) return undefined;
      fromId = issues[issues.length - 1].id + 1;
    }
    // That it is not there would let it be filed a second time.
    throw this.api.invalidAnswer(
      'GET /issues.json',
      `more than ${MAX_PAGES} pages of issues have '${word}' in their description; Redmine 4 or newer is expected`,
    );
  }

  private async draftOf(
    request: FileTicketRequest,
    idempotencyKey: string,
    asking: Asking,
  ): Promise<IssueDraft> {
    const { textFormatting } = this.config.filing;
    const project = await this.projectFor(request, asking);
    const { subject, description } = subjectAndDescription(request);
    const text =
      textFormatting === 'textile' ? textileOf(description) : description;
    const customFields = await this.customFieldsFor(request, project, asking);
    return {
      project_id: project.id,
      tracker_id: await this.trackerId(asking),
      subject,
      description: withMarker(text, idempotencyKey),
      priority_id: await this.priorityId(request.priority, asking),
      custom_fields: customFields.length > 0 ? customFields : undefined,
    };
  }

  private async projectFor(
    request: FileTicketRequest,
    asking: Asking,
  ): Promise<RedmineProject> {
    const { key, filing } = this.config;
    const identifier = projectOf(request) ?? filing.project;
    if (identifier === null) {
      throw this.refusal(
        `${request.entityRef} names no project, and ${key}.file.project names none for such services`,
      );
    }
    const project = await this.projects.find(identifier, asking);
    if (!project) {
      throw this.refusal(
        `there is no project ${identifier}, or the user of the API key does not see it`,
      );
    }
    return project;
  }

  private async trackerId(asking: Asking): Promise<number> {
    const { key, filing } = this.config;
    if (filing.tracker === null) {
      throw this.refusal(
        `${key}.file.tracker is missing, the name of a tracker`,
      );
    }
    const trackers = await this.api.trackers(asking);
    return this.idOf(filing.tracker, trackers, `${key}.file.tracker`);
  }

  private async priorityId(
    priority: string | null,
    asking: Asking,
  ): Promise<number | undefined> {
    if (priority === null) return undefined;
    const { key, filing } = this.config;
    const name = filing.priorities.get(priority.toLowerCase()) ?? priority;
    const priorities = await this.api.priorities(asking);
    return this.idOf(name, priorities, `${key}.file.priorities`);
  }

  private idOf(name: string, known: Named[], configKey: string): number {
    const found = known.find(
      other => other.name.toLowerCase() === name.toLowerCase(),
    );
    if (found) return found.id;
    throw this.refusal(
      `Redmine has no '${name}'; it has ${known
        .map(other => `'${other.name}'`)
        .join(', ')}: correct ${configKey}`,
    );
  }

  private async customFieldsFor(
    { entityRef }: FileTicketRequest,
    project: RedmineProject,
    asking: Asking,
  ): Promise<{ id: number; value: string }[]> {
    const { filing, rules } = this.config;
    if (rules.entityField === null) return filing.customFields;
    const id = await this.entityFieldId(rules.entityField, project, asking);
    return [
      ...filing.customFields.filter(field => field.id !== id),
      { id, value: entityRef },
    ];
  }

  /** Redmine writes custom fields by their number. Only issues tell it to everybody. */
  private async entityFieldId(
    field: number | string,
    project: RedmineProject,
    asking: Asking,
  ): Promise<number> {
    if (typeof field === 'number') return field;
    const issue = await this.api.newestIssue(project.id, asking);
    const found = issue && findField(issue, field);
    if (found) return found.id;
    throw this.refusal(
      `which number the custom field '${field}' has is not known, because the newest issue of ${project.identifier} does not have it: put the number into ${this.config.key}.entityField`,
    );
  }

  /** Nothing was sent that could have created an issue. */
  private refusal(detail: string): UpstreamError {
    return new UpstreamError({
      kind: 'rejected',
      source: this.api.sourceId,
      operation: 'filing an issue',
      detail,
    });
  }
}
