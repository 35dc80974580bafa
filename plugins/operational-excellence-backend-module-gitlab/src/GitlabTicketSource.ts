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
  TicketPage,
  TicketScope,
  TicketSource,
  TicketSyncScope,
  UpdateWalk,
  WalkedPage,
  writeUpdateCursor,
} from 'backstage-plugin-operational-excellence-node';
import {
  ANNOTATION_GROUP_SLUG,
  ANNOTATION_PROJECT_ID,
  ANNOTATION_PROJECT_SLUG,
  HOST_ANNOTATIONS,
  HostRule,
  isWithin,
  namedScopes,
  parseScopeKey,
  ScopeName,
  scopeKey,
  suggestProject,
} from './annotations';
import {
  CredentialsCheck,
  GitlabApi,
  GitlabIssue,
  IssueList,
  IssuesPlace,
  PER_PAGE,
  Query,
} from './api';
import { GitlabSourceConfig } from './config';
import { GitlabEvents } from './events';
import { IssueFiling } from './filing';
import { externalId, hintedIssues, isTicket, toTicket } from './issues';

/**
 * The issues of the projects and groups of one GitLab instance. A scope is
 * a project or a group; its key is the container of its tickets as well.
 */
export class GitlabTicketSource implements TicketSource {
  static create(options: {
    id: string;
    config: GitlabSourceConfig;
    hostOf: HostRule;
    api: GitlabApi;
    logger: LoggerService;
  }): GitlabTicketSource {
    return new GitlabTicketSource(options);
  }

  readonly id: string;
  readonly title: string;
  /** Replicas of its database lag behind by seconds. */
  readonly findableAfter = 'PT1M';
  readonly annotations = [
    ANNOTATION_PROJECT_SLUG,
    ANNOTATION_PROJECT_ID,
    ANNOTATION_GROUP_SLUG,
    ...HOST_ANNOTATIONS,
  ];
  readonly schedule: SourceSchedule;
  readonly events: SourceEvents;
  private readonly config: GitlabSourceConfig;
  private readonly hostOf: HostRule;
  private readonly api: GitlabApi;
  private readonly credentialsCheck: CredentialsCheck;
  private readonly filing: IssueFiling;
  private readonly logger: LoggerService;
  private readonly rules: string;
  private readonly moves = new Set<string>();

  private constructor(
    options: Parameters<(typeof GitlabTicketSource)['create']>[0],
  ) {
    const { id, config, hostOf, api, logger } = options;
    const { host, rules, schedule, baseUrl, webhook } = config;
    this.id = id;
    this.title = host === 'gitlab.com' ? 'GitLab' : `GitLab (${host})`;
    this.schedule = schedule;
    this.events = GitlabEvents.create({ baseUrl, ownTopic: webhook?.topic });
    this.config = config;
    this.hostOf = hostOf;
    this.api = api;
    this.credentialsCheck = CredentialsCheck.create({
      sourceId: id,
      host,
      api,
      logger,
    });
    this.filing = IssueFiling.create({ sourceId: id, api, rules, logger });
    this.logger = logger;
    this.rules = rulesFingerprint(rules);
  }

  scopesFor(service: ServiceDescriptor): TicketScope[] {
    if (!namesAny(service) || this.hostOf(service) !== this.config.host) {
      return [];
    }
    return namedScopes(service).map(name => {
      const key = scopeKey(name);
      return {
        key,
        title: titleOf(name),
        url: `${this.config.baseUrl}/${pageOf(name)}`,
        matcher: { container: key },
      };
    });
  }

  suggestionsFor(service: ServiceDescriptor): AnnotationSuggestion[] {
    return suggestProject(service, this.config.baseUrl);
  }

  async verify(options: { signal: AbortSignal }): Promise<void> {
    await this.credentialsCheck.run(options.signal);
  }

  async *changes(
    scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ): AsyncGenerator<TicketPage> {
    const start = readUpdateCursor(options.cursor, this.rules);
    const since =
      start.since && instantBefore(start.since, this.config.overlapMs);
    let pages = 0;
    for await (const page of this.walk(scope, options.signal, since)) {
      pages += 1;
      yield {
        tickets: page.issues
          .filter(isTicket)
          .map(issue => toTicket(issue, scope.key, this.config.rules)),
        removed: page.issues
          .filter(issue => !isTicket(issue))
          .map(issue => externalId(issue, scope.key)),
        cursor: writeUpdateCursor({
          // Within the overlap the position lies before what was reached already.
          since: laterInstant(page.position, start.since),
          rules: this.rules,
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
      yield issues.filter(isTicket).map(issue => externalId(issue, scope.key));
    }
  }

  async *readHinted(
    scope: TicketSyncScope,
    options: { refs: readonly string[]; signal: AbortSignal },
  ): AsyncGenerator<HintedTickets> {
    const { refs, signal } = options;
    signal.throwIfAborted();
    const scopeName = this.nameOf(scope);
    for (const { name, iids } of hintedIssues(scopeName, refs)) {
      const place: IssuesPlace = { name };
      for (let start = 0; start < iids.length; start += PER_PAGE) {
        const asked = iids.slice(start, start + PER_PAGE);
        const { issues, requests } = await this.api.issuesByNumber(
          place,
          asked,
          signal,
        );
        yield { ...this.hinted(scopeName, asked, issues), requests };
      }
    }
  }

  async file(
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket> {
    const name = this.nameOf({ key: request.scopeKey });
    return this.filing.file(name, request, options);
  }

  async findFiled(
    idempotencyKey: string,
    scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): Promise<FiledTicket | undefined> {
    return this.filing.findFiled(this.nameOf(scope), scope.key, {
      idempotencyKey,
      signal: options.signal,
    });
  }

  /**
   * The pages of a scope. Where there is nothing at all it is proven that there
   * could be: a read that reaches back by the overlap finds at least the newest
   * issue again, unless that is gone.
   */
  private async *walk(
    scope: TicketSyncScope,
    signal: AbortSignal,
    since?: string,
  ): AsyncGenerator<WalkedPage<IssueList>> {
    const place: IssuesPlace = { name: this.nameOf(scope) };
    const walk = UpdateWalk.create<GitlabIssue, Query, IssueList>({
      sourceId: this.id,
      title: titleOf(place.name),
      updatedAtOf: issue => issue.updated_at,
      list: async from => {
        const list = await this.api.listIssues(place, { ...from, signal });
        // A renamed project redirects once, not with every page.
        place.url = list.url;
        if (list.moved) this.noteMove(scope, list.issues);
        return list;
      },
    });
    let isFirst = true;
    for await (const page of walk.pages(since)) {
      const isNothing = isFirst && page.issues.length === 0;
      const proof = isNothing
        ? await this.api.proveReadable(place.name, {
            isWhole: since === undefined,
            signal,
          })
        : 0;
      isFirst = false;
      yield { ...page, requests: page.requests + proof };
    }
  }

  private hinted(
    scope: ScopeName,
    asked: readonly number[],
    issues: GitlabIssue[],
  ): Pick<HintedTickets, 'tickets' | 'isOneGone'> {
    const wanted = issues.filter(
      issue => asked.includes(issue.iid) && isOf(scope, issue),
    );
    const tickets = wanted.filter(isTicket);
    return {
      tickets: tickets.map(issue =>
        toTicket(issue, scopeKey(scope), this.config.rules),
      ),
      isOneGone: wanted.length < asked.length || tickets.length < wanted.length,
    };
  }

  private nameOf({ key }: Pick<TicketSyncScope, 'key'>): ScopeName {
    const name = parseScopeKey(key);
    if (!name) {
      throw new InputError(
        `${this.id} has no scope '${key}'; expected group/project, id:<number> or group:<path>`,
      );
    }
    return name;
  }

  /** Says once that a project answers to an old name. */
  private noteMove({ key }: TicketSyncScope, issues: GitlabIssue[]): void {
    if (this.moves.has(key)) return;
    this.moves.add(key);
    const [now] = issues.at(0)?.references.full.split('#') ?? [];
    this.logger.warn(
      `${this.id}: ${key} was renamed or moved${
        now ? ` and is now ${now}` : ''
      }; its issues are read there, and nothing can be filed by its old name. Correct the annotation ${ANNOTATION_PROJECT_SLUG}`,
    );
  }
}

/** A project that a group had can be elsewhere by now. */
function isOf(scope: ScopeName, { references }: GitlabIssue): boolean {
  return scope.kind !== 'group' || isWithin(references.full, scope.path);
}

function namesAny({ annotations }: ServiceDescriptor): boolean {
  return [
    ANNOTATION_PROJECT_SLUG,
    ANNOTATION_PROJECT_ID,
    ANNOTATION_GROUP_SLUG,
  ].some(key => annotations[key] !== undefined);
}

function titleOf(name: ScopeName): string {
  switch (name.kind) {
    case 'project':
      return name.path;
    case 'project-id':
      return `project ${name.id}`;
    default:
      return `group ${name.path}`;
  }
}

function pageOf(name: ScopeName): string {
  switch (name.kind) {
    case 'project':
      return name.path;
    case 'project-id':
      return `projects/${name.id}`;
    default:
      return `groups/${name.path}`;
  }
}
