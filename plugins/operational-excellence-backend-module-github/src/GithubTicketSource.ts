import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  AnnotationSuggestion,
  FiledTicket,
  FileTicketRequest,
  HintedTickets,
  instantBefore,
  laterInstant,
  readUpdateCursor,
  rulesFingerprint,
  ServiceDescriptor,
  SourceEvents,
  SourceSchedule,
  Ticket,
  TicketPage,
  TicketScope,
  TicketSource,
  TicketSyncScope,
  writeUpdateCursor,
} from 'backstage-plugin-operational-excellence-node';
import {
  ANNOTATION_PROJECT_SLUG,
  HOST_ANNOTATIONS,
  HostRule,
  parseProjectSlug,
  parseRepositoryName,
  repositoryKey,
  RepositoryName,
  suggestedSlugs,
} from './annotations';
import { CredentialsCheck, GithubApi, GithubIssue, IssueList } from './api';
import { GithubSourceConfig } from './config';
import { issueEvents } from './events';
import { IssueFiling } from './filing';
import {
  externalId,
  hintedIssues,
  repositoryNameOf,
  toTicket,
  walkIssues,
} from './issues';

/**
 * The issues of the repositories on one GitHub host. A scope is a repository; its
 * key, and the container of its tickets, is `owner/repository` in lower case.
 */
export class GithubTicketSource implements TicketSource {
  static create(options: {
    id: string;
    config: GithubSourceConfig;
    hostOf: HostRule;
    api: GithubApi;
    credentialsCheck: CredentialsCheck;
    filing: IssueFiling;
    logger: LoggerService;
  }): GithubTicketSource {
    return new GithubTicketSource(options);
  }

  readonly id: string;
  readonly title: string;
  readonly annotations = [ANNOTATION_PROJECT_SLUG, ...HOST_ANNOTATIONS];
  /** The lists of issues lag behind by seconds. */
  readonly findableAfter = 'PT1M';
  readonly schedule: SourceSchedule;
  readonly events: SourceEvents;
  private readonly config: GithubSourceConfig;
  private readonly hostOf: HostRule;
  private readonly api: GithubApi;
  private readonly credentialsCheck: CredentialsCheck;
  private readonly filing: IssueFiling;
  private readonly logger: LoggerService;
  private readonly rules: string;
  private readonly moves = new Set<string>();

  private constructor(
    options: Parameters<(typeof GithubTicketSource)['create']>[0],
  ) {
    const { id, config, hostOf, api, credentialsCheck, filing, logger } =
      options;
    this.id = id;
    this.title =
      config.host === 'github.com'
        ? 'GitHub'
        : `GitHub Enterprise (${config.host})`;
    this.schedule = config.schedule;
    this.events = issueEvents(config.host);
    this.config = config;
    this.hostOf = hostOf;
    this.api = api;
    this.credentialsCheck = credentialsCheck;
    this.filing = filing;
    this.logger = logger;
    this.rules = rulesFingerprint(config.rules);
  }

  scopesFor(service: ServiceDescriptor): TicketScope[] {
    const slug = service.annotations[ANNOTATION_PROJECT_SLUG];
    if (slug === undefined || this.hostOf(service) !== this.config.host) {
      return [];
    }
    return parseProjectSlug(slug).map(repository => {
      const key = repositoryKey(repository);
      const title = `${repository.owner}/${repository.name}`;
      return {
        key,
        title,
        url: `https://${this.config.host}/${title}`,
        matcher: { container: key },
      };
    });
  }

  async verify(options: { signal: AbortSignal }): Promise<void> {
    await this.credentialsCheck.run(options.signal);
  }

  async *changes(
    scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ): AsyncGenerator<TicketPage> {
    const start = readUpdateCursor(options.cursor, this.rules);
    let pages = 0;
    for await (const page of this.walk(scope, options.signal, {
      since: start.since && instantBefore(start.since, this.config.overlapMs),
      ifNoneMatch: start.etag,
    })) {
      this.noteMove(scope, page);
      pages += 1;
      // Within the overlap the position lies before what was reached already.
      const since = laterInstant(page.position, start.since);
      // The etag is worth something only if the next run asks the same question.
      const isRepeated = pages === 1 && !page.next && since === start.since;
      yield {
        tickets: this.toTickets(scope, page.issues),
        cursor: writeUpdateCursor({
          since,
          rules: this.rules,
          etag: isRepeated ? page.etag : undefined,
          page: pages > 1 ? pages : undefined,
        }),
        requests: page.requests,
        rateLimit: page.rateLimit,
      };
    }
  }

  async *reconcile(
    scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): AsyncGenerator<string[]> {
    for await (const { issues } of this.walk(scope, options.signal)) {
      yield issues.filter(isIssue).map(issue => externalId(issue, scope.key));
    }
  }

  async *readHinted(
    scope: TicketSyncScope,
    options: { refs: readonly string[]; signal: AbortSignal },
  ): AsyncGenerator<HintedTickets> {
    for await (const { issues, ...rest } of hintedIssues({
      api: this.api,
      repository: this.repositoryOf(scope.key),
      ...options,
    })) {
      yield { tickets: this.toTickets(scope, issues), ...rest };
    }
  }

  suggestionsFor(service: ServiceDescriptor): AnnotationSuggestion[] {
    const { host } = this.config;
    // On another host, the name would be taken for a repository there.
    if (this.hostOf(service) !== host) return [];
    return suggestedSlugs(service, host).map(value => ({
      annotation: ANNOTATION_PROJECT_SLUG,
      value,
    }));
  }

  async file(
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    return this.filing.file(
      this.repositoryOf(request.container),
      request,
      options,
    );
  }

  async findFiled(
    idempotencyKey: string,
    { key }: TicketSyncScope,
    { signal }: { signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    return this.filing.find(this.repositoryOf(key), { idempotencyKey, signal });
  }

  private walk(
    { key }: TicketSyncScope,
    signal: AbortSignal,
    from: { since?: string; ifNoneMatch?: string } = {},
  ) {
    return walkIssues({
      sourceId: this.id,
      api: this.api,
      repository: this.repositoryOf(key),
      signal,
      ...from,
    });
  }

  private repositoryOf(key: string): RepositoryName {
    const repository = parseRepositoryName(key);
    if (!repository) {
      throw new InputError(
        `${this.id} has no scope '${key}'; expected owner/repository`,
      );
    }
    return repository;
  }

  private toTickets({ key }: TicketSyncScope, issues: GithubIssue[]): Ticket[] {
    return issues
      .filter(isIssue)
      .map(issue => toTicket(issue, key, this.config.rules));
  }

  /** Says once that a repository answers to an old name. */
  private noteMove({ key }: TicketSyncScope, page: IssueList): void {
    if (!page.moved || this.moves.has(key)) return;
    this.moves.add(key);
    const now = page.issues.map(repositoryNameOf).find(Boolean);
    this.logger.warn(
      `${this.id}: ${key} was renamed or transferred${
        now ? ` and is now ${now}` : ''
      }; its issues are read there. Correct the annotation ${ANNOTATION_PROJECT_SLUG} before the old name is given to another repository`,
    );
  }
}

/** GitHub lists pull requests among the issues. */
function isIssue({ pull_request }: GithubIssue): boolean {
  return !pull_request;
}
