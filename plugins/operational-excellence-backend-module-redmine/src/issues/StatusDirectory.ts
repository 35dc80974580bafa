import { Asking, RedmineApi, RedmineIssue } from '../api';

/**
 * Which statuses are closed ones. Issues tell it themselves since Redmine 5.0;
 * for older ones the list of statuses is read, once, and again where it lacks one.
 */
export class StatusDirectory {
  static create(api: RedmineApi): StatusDirectory {
    return new StatusDirectory(api);
  }

  private closed: ReadonlyMap<number, boolean> = new Map();

  private constructor(private readonly api: RedmineApi) {}

  async isClosed(
    { status }: Pick<RedmineIssue, 'status'>,
    asking: Asking,
  ): Promise<boolean> {
    if (status.is_closed !== undefined) return status.is_closed;
    if (!this.closed.has(status.id)) {
      this.closed = await this.api.statuses(asking);
    }
    const isClosed = this.closed.get(status.id);
    if (isClosed === undefined) {
      throw this.api.invalidAnswer(
        'GET /issue_statuses.json',
        `an issue has the status ${status.id}, which is not in the list of statuses`,
      );
    }
    return isClosed;
  }
}
