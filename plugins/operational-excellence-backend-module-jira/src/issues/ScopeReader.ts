import {
  HintedTickets,
  MissingContainer,
  rulesFingerprint,
  Ticket,
  TicketPage,
  TicketSyncScope,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { inProjects, IssuePage, JiraApi, JiraIssue } from '../api';
import { JiraSourceConfig } from '../config';
import { isIssueKey, projectOf } from '../events';
import { isQueryScopeKey, ProjectDirectory, scopedId } from '../projects';
import { Progress, readCursor, writeCursor } from './cursor';
import { ScopeReading, Stretch } from './ScopeReading';
import { StatusCategories } from './StatusCategories';
import { toTicket } from './toTicket';

/** Changes together with how facets and containers are named. */
const FORMAT = 1;

/** With more changes on the whole site, a query is left to the next reconcile. */
const MAX_CHANGED = 10_000;

/** A page of issues as tickets of a scope. */
type StretchPage = Omit<IssuePage, 'issues'> & {
  tickets: Ticket[];
  removed: string[];
  missing: MissingContainer[];
};

/** Reads the issues of scopes: of a batch of projects, or of a query. */
export class ScopeReader {
  static create(options: {
    config: JiraSourceConfig;
    api: JiraApi;
    projects: ProjectDirectory;
  }): ScopeReader {
    const { config, api, projects } = options;
    return new ScopeReader(
      config,
      api,
      projects,
      StatusCategories.create({ api }),
    );
  }

  private readonly rules: string;

  private constructor(
    private readonly config: JiraSourceConfig,
    private readonly api: JiraApi,
    private readonly projects: ProjectDirectory,
    private readonly categories: StatusCategories,
  ) {
    const { improvement, baseUrl } = config;
    this.rules = rulesFingerprint({ FORMAT, improvement, baseUrl });
  }

  async *changes(
    scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ): AsyncGenerator<TicketPage> {
    const { signal } = options;
    const start = readCursor(options.cursor, this.rules);
    let { requests, rateLimit } = await this.api.provesCredentials(signal);
    requests += await this.refreshProjects(scope, signal);
    const named = this.missingOf(scope);
    const reading = ScopeReading.of({
      start,
      containers: readableOf(scope, named),
      overlapMs: this.config.overlapMs,
    });
    let pages = 0;
    for (const stretch of reading.stretches()) {
      const startedAt = Date.now();
      // Before the query: what leaves it in between is found the next time.
      const changed = await this.changedSince(scope, stretch, signal);
      requests += changed.requests;
      for await (const page of this.pagesOf(scope, stretch, signal)) {
        if (stretch.kind === 'changes') {
          reading.reachedByChanges(notInFuture(page.position));
        } else {
          reading.reachedByCatchUp(
            stretch.containers,
            notInFuture(page.position),
            { isLast: page.isLast, startedAt },
          );
        }
        rateLimit = page.rateLimit ?? rateLimit;
        pages += 1;
        page.tickets.forEach(ticket => changed.ids.delete(ticket.externalId));
        const removed = [...page.removed, ...(page.isLast ? changed.ids : [])];
        yield {
          tickets: page.tickets,
          ...(removed.length > 0 && { removed }),
          missing: [...named, ...page.missing],
          requests: requests + page.requests,
          rateLimit,
          cursor: writeCursor(
            without(reading.progress, page.missing),
            this.rules,
          ),
        };
        requests = 0;
      }
    }
    if (pages === 0) {
      yield {
        tickets: [],
        missing: named,
        requests,
        rateLimit,
        cursor: writeCursor(reading.progress, this.rules),
      };
    }
  }

  async *ids(
    scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): AsyncGenerator<string[]> {
    const { signal } = options;
    await this.api.provesCredentials(signal);
    await this.projects.loadIfStale(signal);
    const containers = readableOf(scope, this.missingOf(scope));
    if (containers.length === 0) return;
    for await (const { value } of this.api.ids(
      this.whereOf(scope, containers),
      signal,
    )) {
      yield value.map(id => scopedId(scope.key, id));
    }
  }

  async *hinted(
    scope: TicketSyncScope,
    options: { refs: readonly string[]; signal: AbortSignal },
  ): AsyncGenerator<HintedTickets> {
    const { refs, signal } = options;
    // Webhooks tell of all projects, also of those that no service names.
    const keys = refs.filter(
      ref => isIssueKey(ref) && scope.containers.includes(projectOf(ref)),
    );
    if (keys.length === 0) return;
    for await (const piece of this.api.issuesByKey(keys, signal)) {
      const here = piece.value.filter(({ fields }) =>
        scope.containers.includes(fields.project.key.toUpperCase()),
      );
      const { requests, tickets } = await this.ticketsOf(scope, here, signal);
      const ids = new Set(here.map(({ id }) => id));
      yield {
        tickets,
        // Deleted, or moved to where this scope does not reach.
        isOneGone: ids.size < piece.keys.length,
        requests: piece.requests + requests,
      };
    }
  }

  /**
   * The issues of one stretch, without the projects that turn out to be missing:
   * Jira refuses a query that names one, in the language of the account, and the
   * list of projects may not be known yet, or be older than that.
   */
  private async *pagesOf(
    scope: TicketSyncScope,
    stretch: Stretch,
    signal: AbortSignal,
  ): AsyncGenerator<StretchPage> {
    try {
      yield* this.pagesWithout([], scope, stretch, signal);
    } catch (error) {
      if (!isRefused(error) || isQueryScopeKey(scope.key)) throw error;
      const { requests } = await this.projects.load(signal);
      const missing = this.missingOf({ ...scope, ...stretch });
      if (missing.length === 0) throw error;
      let spent = requests + 1;
      const rest = this.pagesWithout(missing, scope, stretch, signal);
      for await (const page of rest) {
        yield { ...page, requests: page.requests + spent };
        spent = 0;
      }
    }
  }

  private async *pagesWithout(
    missing: MissingContainer[],
    scope: TicketSyncScope,
    { containers, since }: Stretch,
    signal: AbortSignal,
  ): AsyncGenerator<StretchPage> {
    const readable = readableOf({ containers }, missing);
    const pages = readable.length
      ? this.api.issues(this.whereOf(scope, readable), { since, signal })
      : noPages();
    for await (const { issues, ...page } of pages) {
      const read = await this.ticketsOf(scope, issues, signal);
      yield {
        ...page,
        ...read,
        missing,
        requests: page.requests + read.requests,
      };
    }
  }

  /**
   * The issues that changed, whether a query finds them or not: those that it
   * does not find any more have left it.
   */
  private async changedSince(
    scope: TicketSyncScope,
    { kind, since }: Stretch,
    signal: AbortSignal,
  ): Promise<{ ids: Set<string>; requests: number }> {
    const ids = new Set<string>();
    let requests = 0;
    if (!isQueryScopeKey(scope.key) || kind !== 'changes') {
      return { ids, requests };
    }
    const pages = this.api.ids(`updated >= ${since ?? 0}`, signal);
    for await (const page of pages) {
      requests += page.requests;
      page.value.forEach(id => ids.add(scopedId(scope.key, id)));
      // The next reconcile finds out as well.
      if (ids.size > MAX_CHANGED) return { ids: new Set(), requests };
    }
    return { ids, requests };
  }

  private async ticketsOf(
    scope: TicketSyncScope,
    issues: readonly JiraIssue[],
    signal: AbortSignal,
  ): Promise<{ tickets: Ticket[]; removed: string[]; requests: number }> {
    const { requests } = await this.categories.know(
      issues.flatMap(({ changelog }) => changelog?.histories ?? []),
      signal,
    );
    const { improvement, baseUrl } = this.config;
    const { categories } = this;
    const tickets: Ticket[] = [];
    const removed: string[] = [];
    for (const issue of issues) {
      const ticket = toTicket(issue, { improvement, baseUrl, categories });
      ticket.externalId = scopedId(scope.key, issue.id);
      if (isQueryScopeKey(scope.key)) [ticket.container] = scope.containers;
      // The index may still have an issue in the project that it has left.
      if (scope.containers.includes(ticket.container)) tickets.push(ticket);
      else removed.push(ticket.externalId);
    }
    return { tickets, removed, requests };
  }

  private whereOf({ key }: TicketSyncScope, containers: string[]): string {
    return isQueryScopeKey(key) ? `(${containers[0]})` : inProjects(containers);
  }

  private async refreshProjects(
    { key, containers }: TicketSyncScope,
    signal: AbortSignal,
  ): Promise<number> {
    if (isQueryScopeKey(key)) return 0;
    const { requests } = await this.projects.refreshFor(containers, signal);
    return requests;
  }

  private missingOf({ key, containers }: TicketSyncScope): MissingContainer[] {
    if (isQueryScopeKey(key)) return [];
    return containers
      .filter(name => !this.projects.has(name))
      .map(name => this.projects.missing(name));
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof UpstreamError && error.kind === 'rejected';
}

function readableOf(
  { containers }: Pick<TicketSyncScope, 'containers'>,
  missing: readonly MissingContainer[],
): string[] {
  return containers.filter(
    name => !missing.some(({ container }) => container === name),
  );
}

/** What is missing was not read; it is once it is there. */
function without(
  progress: Progress,
  missing: readonly MissingContainer[],
): Progress {
  const isThere = (name: string) =>
    !missing.some(({ container }) => container === name);
  return {
    ...progress,
    covered: progress.covered.filter(isThere),
    catchUp: progress.catchUp && {
      ...progress.catchUp,
      containers: progress.catchUp.containers.filter(isThere),
    },
  };
}

/** An instant in the future would hide the changes until then. */
function notInFuture(instant: number | undefined): number | undefined {
  return instant === undefined ? undefined : Math.min(instant, Date.now());
}

async function* noPages(): AsyncGenerator<IssuePage> {
  yield { issues: [], position: undefined, isLast: true, requests: 0 };
}
