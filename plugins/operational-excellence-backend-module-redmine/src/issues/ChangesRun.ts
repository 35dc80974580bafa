import {
  Asking,
  CredentialsProof,
  Proof,
  RedmineApi,
  RedmineIssue,
} from '../api';
import { IssueCursor, Walk } from './cursor';
import { walkIssues } from './walkIssues';

/** More projects than that, new at once, and everything is read again instead. */
const MAX_NEW_PROJECTS = 20;

/**
 * How far the clock that we are told may be ahead of the one by which Redmine
 * notes changes, as where a proxy tells the time.
 */
const CLOCK_TOLERANCE_MS = 3_600_000;

/** Issues that were read, and where to go on after them. */
export interface IssuesPage {
  issues: RedmineIssue[];
  cursor: IssueCursor;
}

export interface ChangesRunOptions {
  api: RedmineApi;
  credentials: CredentialsProof;
  proof: Proof;
  asking: Asking;
  /** The numbers of the projects that are to be read. */
  projectIds: readonly number[];
  /** Whether these are only some, so that not everything is to be read. */
  isLimited: boolean;
  overlapMs: number;
}

/**
 * One run through what changed in an instance.
 *
 * @remarks
 *
 * It asks for what was updated since the last run began, by ascending id. What
 * changes while it reads, wherever that is, was updated since this run began, and
 * so is read by the next one. Projects that the user did not see before are read
 * from their beginning: their issues need not have changed for that.
 */
export class ChangesRun {
  static from(cursor: IssueCursor, options: ChangesRunOptions): ChangesRun {
    return new ChangesRun(cursor, options);
  }

  private constructor(
    private cursor: IssueCursor,
    private readonly options: ChangesRunOptions,
  ) {}

  async *pages(): AsyncGenerator<IssuesPage, void, undefined> {
    const { projectIds, isLimited } = this.options;
    const { walk } = this.cursor;
    const isLost =
      walk?.projectId !== undefined && !projectIds.includes(walk.projectId);
    if (isLost) this.cursor = { ...this.cursor, walk: undefined };
    else if (walk) yield* this.walk(walk);

    // A project that is gone and comes back is new again.
    const covered = this.cursor.covered?.filter(id => projectIds.includes(id));
    const fresh = projectIds.filter(id => !covered?.includes(id));
    const startsOver = !covered || fresh.length > MAX_NEW_PROJECTS;
    if (!isLimited && startsOver) {
      this.cursor = { rules: this.cursor.rules, covered: [...projectIds] };
      yield* this.walk(this.begin({}));
      return;
    }

    this.cursor = { ...this.cursor, covered: covered ?? [] };
    if (isLimited && this.cursor.since === undefined) {
      const { startedAt, ourStartedAt } = this.begin({});
      this.cursor = { ...this.cursor, since: startedAt, readAt: ourStartedAt };
    }
    for (const projectId of fresh) yield* this.walk(this.begin({ projectId }));
    yield* this.walk(this.begin({ since: this.startingPoint() }));
  }

  private async *walk(walk: Walk): AsyncGenerator<IssuesPage, void, undefined> {
    const { api, asking, credentials } = this.options;
    const pages = walkIssues(api, walk, {
      asking,
      prove: () => credentials.anew(asking),
    });
    for await (const { issues, after, isLast } of pages) {
      const newest = latest(issues, this.cursor.newest);
      this.cursor = isLast
        ? this.ended(walk, { ...this.cursor, newest, walk: undefined })
        : { ...this.cursor, newest, walk: { ...walk, after } };
      yield { issues, cursor: this.cursor };
    }
  }

  private ended(walk: Walk, cursor: IssueCursor): IssueCursor {
    this.cursor = cursor;
    const { projectId } = walk;
    if (projectId === undefined) return this.reached(walk);
    const covered = cursor.covered ?? [];
    return { ...cursor, covered: [...new Set([...covered, projectId])] };
  }

  /** That everything was read that was there when a walk began. */
  private reached({ startedAt, ourStartedAt }: Walk): IssueCursor {
    const { newest, since } = this.cursor;
    return {
      ...this.cursor,
      // Not later than the newest change, as long as that can be the clocks' doing.
      since:
        newest === undefined
          ? since
          : Math.min(
              startedAt,
              Math.max(newest, startedAt - CLOCK_TOLERANCE_MS),
            ),
      readAt: ourStartedAt,
    };
  }

  /** A walk that begins now. */
  private begin({ since, projectId }: Pick<Walk, 'since' | 'projectId'>): Walk {
    const { at, ourAt } = this.options.proof;
    const now = Date.now();
    return {
      since,
      projectId,
      after: 0,
      startedAt: at + (now - ourAt),
      ourStartedAt: now,
    };
  }

  /**
   * The instant since which changes are asked for. Where Redmine's clock was set
   * back, what changed afterwards was updated before the last run began; so the
   * time that has passed since then by our clock counts as well.
   */
  private startingPoint(): number | undefined {
    const { since, readAt } = this.cursor;
    if (since === undefined) return undefined;
    const { startedAt, ourStartedAt } = this.begin({});
    const passed = Math.max(ourStartedAt - (readAt ?? ourStartedAt), 0);
    return Math.max(
      Math.min(since, startedAt - passed) - this.options.overlapMs,
      0,
    );
  }
}

function latest(
  issues: RedmineIssue[],
  newest: number | undefined,
): number | undefined {
  return issues.reduce<number | undefined>((latestSoFar, { updated_on }) => {
    const at = Date.parse(updated_on);
    return latestSoFar === undefined || at > latestSoFar ? at : latestSoFar;
  }, newest);
}
