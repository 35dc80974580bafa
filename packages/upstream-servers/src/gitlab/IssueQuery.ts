import { GitlabIssue, GitlabUser } from './records';

/** A parameter that cannot be read, in GitLab's words. */
export class BadParameter extends Error {}

const ORDERS = [
  'created_at',
  'due_date',
  'label_priority',
  'milestone_due',
  'popularity',
  'priority',
  'relative_position',
  'title',
  'updated_at',
  'weight',
];

/** The orders that pages can be turned in by key. */
const KEYSET_ORDERS = ['created_at', 'title', 'updated_at'];

const SCOPES = [
  'created_by_me',
  'assigned_to_me',
  'created-by-me',
  'assigned-to-me',
  'all',
];

/** The parameters of a list of issues, as the documentation names them. */
export class IssueQuery {
  readonly orderBy: string;
  readonly sort: string;
  readonly perPage: number;
  readonly page: number;
  readonly cursor: string | null;
  readonly updatedAfter: number | undefined;
  readonly nonArchived: boolean;
  private readonly state: string;
  private readonly scope: string;
  private readonly wantsKeyset: boolean;
  private readonly filters: ((issue: GitlabIssue) => boolean)[] = [];

  /** @throws BadParameter */
  constructor(
    private readonly query: URLSearchParams,
    caller: GitlabUser | undefined,
  ) {
    this.orderBy = this.oneOf('order_by', ORDERS, 'created_at');
    this.sort = this.oneOf('sort', ['asc', 'desc'], 'desc');
    this.state = this.oneOf('state', ['opened', 'closed', 'all'], 'all');
    this.scope = this.oneOf('scope', SCOPES, 'all');
    this.perPage = Math.min(this.count('per_page', 20), 100);
    this.page = this.count('page', 1);
    this.wantsKeyset = query.get('pagination') === 'keyset';
    this.cursor = query.get('cursor');
    this.updatedAfter = this.instant('updated_after');
    this.nonArchived = query.get('non_archived') !== 'false';
    this.readFilters(caller);
  }

  /** Whether each issue has to be looked at, because not all of them are meant. */
  get isFiltered(): boolean {
    return this.filters.length > 0;
  }

  /** Whether pages are to be turned by key, and can be. */
  get byKey(): boolean {
    return this.wantsKeyset && KEYSET_ORDERS.includes(this.orderBy);
  }

  matches(issue: GitlabIssue): boolean {
    return this.filters.every(filter => filter(issue));
  }

  private readFilters(caller: GitlabUser | undefined): void {
    const { filters, query } = this;
    if (this.state !== 'all') filters.push(({ state }) => state === this.state);
    if (/^created/.test(this.scope)) {
      filters.push(({ author }) => author.id === caller?.id);
    }
    if (/^assigned/.test(this.scope)) {
      filters.push(({ assignees }) => assignees.some(u => u.id === caller?.id));
    }
    const labels = query.get('labels')?.split(',').filter(Boolean) ?? [];
    if (labels.length > 0) {
      filters.push(issue => labels.every(name => issue.labels.includes(name)));
    }
    const iids = this.numbers('iids');
    if (iids.length > 0) filters.push(({ iid }) => iids.includes(iid));
    const [authorId] = this.numbers('author_id');
    if (authorId !== undefined) {
      filters.push(({ author }) => author.id === authorId);
    }
    const type = query.get('issue_type');
    if (type) filters.push(({ issueType }) => issueType === type);
    const updatedBefore = this.instant('updated_before');
    if (updatedBefore !== undefined) {
      filters.push(({ updatedAt }) => updatedAt <= updatedBefore);
    }
    const createdAfter = this.instant('created_after');
    if (createdAfter !== undefined) {
      filters.push(({ createdAt }) => createdAt >= createdAfter);
    }
    const search = query.get('search')?.toLowerCase();
    if (search) {
      const fields = (query.get('in') ?? 'title,description').split(',');
      filters.push(({ title, description }) =>
        [
          fields.includes('title') ? title : '',
          (fields.includes('description') && description) || '',
        ].some(text => searchable(text).includes(search)),
      );
    }
  }

  private oneOf(name: string, values: string[], fallback: string): string {
    const value = this.query.get(name) ?? fallback;
    if (!values.includes(value)) {
      throw new BadParameter(`${name} does not have a valid value`);
    }
    return value;
  }

  private count(name: string, fallback: number): number {
    const text = this.query.get(name);
    if (text === null) return fallback;
    if (!/^\d+$/.test(text)) throw new BadParameter(`${name} is invalid`);
    if (Number(text) === 0) {
      throw new BadParameter(`${name} does not have a valid value`);
    }
    return Number(text);
  }

  private numbers(name: string): number[] {
    const texts = [
      ...this.query.getAll(`${name}[]`),
      ...this.query.getAll(name).flatMap(text => text.split(',')),
    ];
    if (!texts.every(text => /^\d+$/.test(text))) {
      throw new BadParameter(`${name} is invalid`);
    }
    return texts.map(Number);
  }

  private instant(name: string): number | undefined {
    const text = this.query.get(name);
    if (text === null) return undefined;
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw new BadParameter(`${name} is invalid`);
    return at;
  }
}

/** GitLab's index of texts leaves out tags, comments, and very long words. */
function searchable(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/[a-z\d+/@]{50,}/gi, ' ')
    .toLowerCase();
}
