import { Answer, JiraApi, JiraHistory } from '../api';

/** What a status means: Jira's own keys. */
export type StatusCategory = 'new' | 'indeterminate' | 'done';

/** Statuses may be deleted while histories name them; they are asked for so often. */
const RELOAD_AFTER_MS = 10 * 60_000;

export function statusCategory(key: string | undefined): StatusCategory {
  return key === 'indeterminate' || key === 'done' ? key : 'new';
}

/** Knows the categories of the statuses that histories name. */
export class StatusCategories {
  static create(options: { api: JiraApi }): StatusCategories {
    return new StatusCategories(options.api);
  }

  private byId = new Map<string, StatusCategory>();
  private loadedAt = -Infinity;

  private constructor(private readonly api: JiraApi) {}

  /** The category of a status; `undefined` where it does not exist any more. */
  of(statusId: string | null | undefined): StatusCategory | undefined {
    return statusId ? this.byId.get(statusId) : undefined;
  }

  /** Makes sure that the statuses of histories are known, as far as they exist. */
  async know(
    histories: readonly JiraHistory[],
    signal: AbortSignal,
  ): Promise<Pick<Answer<void>, 'requests'>> {
    const isKnown = histories.every(({ items }) =>
      items
        .filter(isStatusChange)
        .every(({ from, to }) => [from, to].every(id => !id || this.of(id))),
    );
    if (isKnown || Date.now() - this.loadedAt < RELOAD_AFTER_MS) {
      return { requests: 0 };
    }
    const { value, requests } = await this.api.statuses(signal);
    this.byId = new Map(
      value.map(status => [
        status.id,
        statusCategory(status.statusCategory.key),
      ]),
    );
    this.loadedAt = Date.now();
    return { requests };
  }
}

export function isStatusChange(item: {
  field: string;
  fieldId?: string | null;
}): boolean {
  return (item.fieldId ?? item.field) === 'status';
}
