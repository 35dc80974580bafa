import { Asking, RedmineApi } from '../api';

/** How long it is believed that issues of a project can be seen, or cannot. */
const SHOWN_MS = 86_400_000;
const HIDDEN_MS = 5 * 60_000;

/** How many projects are asked for in one run, so that runs stay short. */
const MAX_CHECKS = 10;

/**
 * Which projects show their issues. A list of all issues leaves out those of
 * projects where the user lacks the right, or that track none, without a word;
 * so projects of which none turned up are asked for, now and then.
 */
export class IssueAccess {
  static create(api: RedmineApi): IssueAccess {
    return new IssueAccess(api);
  }

  private readonly known = new Map<number, { isShown: boolean; at: number }>();

  private constructor(private readonly api: RedmineApi) {}

  /** Notes that an issue of a project turned up. */
  noteShown(projectId: number): void {
    this.known.set(projectId, { isShown: true, at: Date.now() });
  }

  /** Which of some projects hide their issues, as far as it was asked. */
  async hidden(
    projectIds: readonly number[],
    asking: Asking,
  ): Promise<Set<number>> {
    const due = projectIds
      .filter(id => this.isDue(id))
      .sort((a, b) => this.checkedAt(a) - this.checkedAt(b))
      .slice(0, MAX_CHECKS);
    for (const id of due) {
      const isShown = await this.api.showsIssues(id, asking);
      this.known.set(id, { isShown, at: Date.now() });
    }
    return new Set(
      projectIds.filter(id => this.known.get(id)?.isShown === false),
    );
  }

  private isDue(projectId: number): boolean {
    const known = this.known.get(projectId);
    if (!known) return true;
    const age = Date.now() - known.at;
    return age < 0 || age >= (known.isShown ? SHOWN_MS : HIDDEN_MS);
  }

  private checkedAt(projectId: number): number {
    return this.known.get(projectId)?.at ?? 0;
  }
}
